/*
 * Runs in the frame of an activity after H5P's core and the libraries: the frame's end of the bridge. What it says is taken
 * by the page around as a stranger's word. SPDX-License-Identifier: MIT (it is used together with H5P's core, GPL-3.0).
 */
(() => {
  const MOST = 64 * 1024; // characters of one message
  let port = null;
  let seq = 0;
  const waiting = [];

  const send = (type, data) => {
    const message = { v: 1, seq: ++seq, type, data };
    if (JSON.stringify(message).length > MOST) return;
    if (port) port.postMessage(message);
    else waiting.push(message);
  };

  // Libraries keep state through jQuery; they need no change for going over the bridge instead.
  H5P.jQuery.ajaxTransport("+*", (options) => {
    if (!/^h5p-bridge:/.test(options.url)) return undefined;
    return {
      send: (headers, done) => {
        const [, data_id, sub_content_id] = options.url.replace(/^h5p-bridge:/, "").split("/");
        if (options.type === "POST" && data_id) {
          const data = new URLSearchParams(options.data).get("data") ?? "";
          send("state", { data_id, sub_content_id: sub_content_id === "0" ? "" : sub_content_id, data });
        }
        done(200, "OK", { text: '{"success":true,"data":false}' });
      },
      abort: () => {},
    };
  });

  H5P.externalDispatcher.on("xAPI", (event) => send("xapi", JSON.parse(JSON.stringify(event.data.statement))));

  addEventListener("message", function begin(event) {
    if (event.source !== parent || event.data?.type !== "package-bridge-init" || !event.ports[0]) return;
    removeEventListener("message", begin);
    port = event.ports[0];
    const kept = {};
    for (const { data_id, sub_content_id, data } of event.data.states ?? []) {
      (kept[sub_content_id || 0] ??= {})[data_id] = data;
    }
    if (Object.keys(kept).length) H5PIntegration.contents["cid-1"].contentUserData = kept;
    H5P.init(document.body);
    send("ready", {});
    waiting.splice(0).forEach((message) => port.postMessage(message));
    const content = document.querySelector(".h5p-content");
    // The document is as high as the frame; what the activity takes is told so that the frame can follow.
    new ResizeObserver(() => send("resize", { height: Math.ceil(content.getBoundingClientRect().height) })).observe(content);
  });
})();
