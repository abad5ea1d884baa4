/** Runs in the head before the first paint, so that a remembered theme never flashes. Private windows may refuse storage: then the system decides. */
export const themeStart = `try{const t=localStorage.getItem('kubestep:theme');if(t==='light'||t==='dark')document.documentElement.dataset.theme=t}catch{}`;
