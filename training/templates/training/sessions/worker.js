{% load static %}/* Keeps the rooms, guides and slides of a trainer's sessions, each as it was when it was last opened with a line, and what they need. Signing out takes them away. */
const KEPT = "room-{{ request.LANGUAGE_CODE }}-2";
const PARTS = ["{% static 'core/thindan.css' %}", "{% static 'core/icon.svg' %}", "{% static 'fonts/nsm-core-400.woff2' %}", "{% static 'fonts/nsm-core-700.woff2' %}", "{% static 'core/outbox.js' %}", "{% static 'core/sender.js' %}", "{% static 'core/sign-out.js' %}", "{% static 'training/room.css' %}", "{% static 'training/slides.css' %}", "{% static 'training/session-room.js' %}", "{% static 'core/kept-pages.js' %}", "{% static 'training/session-slides.js' %}", "{% static 'lean-qr/qr.js' %}"];
const MONTH = 30 * 24 * 3600 * 1000;
const PAGE = /^\/teach\/sessions\/[0-9a-f-]{36}\/(room|guide|present)\/(\?notes=1)?$/;

/** Under which address a page is kept: slides are all in one page, with or without notes. */
const kept = ({ pathname, searchParams }) => pathname + (searchParams.has("notes") ? "?notes=1" : "");

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(PARTS)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((name) => name.startsWith("room-") && name !== KEPT).map((name) => caches.delete(name)))).then(() => self.clients.claim()));
});
self.addEventListener("message", (event) => {
  const path = event.data.keep;
  if (PAGE.test(path)) event.waitUntil(keep(path).then(() => event.source.postMessage({ kept: path }), () => {}));
});
self.addEventListener("fetch", (event) => {
  const { request } = event, address = new URL(request.url), path = kept(address);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate" && PAGE.test(path)) event.respondWith(page(request, path));
  else if (address.pathname.startsWith("/static/")) event.respondWith(part(request));
});

async function keep(path) {
  const answer = await fetch(path, { cache: "no-store", redirect: "manual" });
  if (!answer.ok) throw new Error(`${path} answers ${answer.status}`);
  const cache = await caches.open(KEPT);
  await cache.put(path, answer);
  for (const request of await cache.keys()) {
    const have = await cache.match(request);
    const isOld = Date.now() - Date.parse(have.headers.get("Date")) > MONTH;
    if (isOld && PAGE.test(kept(new URL(request.url)))) await cache.delete(request);
  }
}

{% include "core/kept.js" %}
