/** A claim as people write it, with two mistakes that only the API server sees: an access mode and a volume mode that do not exist. */
export const claimText = `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: data
  labels: {app: web, example.com/tier: "a b"}
spec:
  accessModes: [ReadWriteOnce, ReadWriteTwice]
  volumeMode: filesystem
  resources:
    requests:
      storage: 1Gi
`;
