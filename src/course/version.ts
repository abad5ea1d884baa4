/** The Kubernetes version that the course is true for. A test compares it with `checkedAgainst` of every chapter. */
export const courseVersion = 'v1.37';
