/*
 * Runs in the frame of an activity before H5P's core. The frame has no origin, so it has no storage and no cookies; libraries
 * that ask for them get some that forget. SPDX-License-Identifier: MIT (it is used together with H5P's core, GPL-3.0).
 */
(() => {
  const memory = () => {
    const kept = new Map();
    return {
      getItem: (name) => kept.get(String(name)) ?? null,
      setItem: (name, value) => void kept.set(String(name), String(value)),
      removeItem: (name) => void kept.delete(String(name)),
      clear: () => kept.clear(),
      key: (place) => [...kept.keys()][place] ?? null,
      get length() {
        return kept.size;
      },
    };
  };
  for (const name of ["localStorage", "sessionStorage"]) {
    try {
      void window[name];
    } catch {
      Object.defineProperty(window, name, { value: memory() });
    }
  }
  try {
    void document.cookie;
  } catch {
    Object.defineProperty(document, "cookie", { get: () => "", set: () => {} });
  }
  window.H5PIntegration = JSON.parse(document.getElementById("h5p-integration").textContent);
  window.H5P = { preventInit: true }; // begun by h5p-after.js, once the page around has said where to go on from
})();
