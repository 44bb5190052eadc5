{% load static %}/* Keeps the rooms of a trainer's sessions, each as it was when it was last opened with a line, and what they need. Signing out takes them away. */
const KEPT = "room-{{ request.LANGUAGE_CODE }}-1";
const PARTS = ["{% static 'core/thindan.css' %}", "{% static 'core/icon.svg' %}", "{% static 'fonts/nsm-core-400.woff2' %}", "{% static 'fonts/nsm-core-700.woff2' %}", "{% static 'core/outbox.js' %}", "{% static 'core/sender.js' %}", "{% static 'core/sign-out.js' %}", "{% static 'training/session-room.js' %}", "{% static 'lean-qr/qr.js' %}"];
const MONTH = 30 * 24 * 3600 * 1000;
const ROOM = /^\/teach\/sessions\/[0-9a-f-]{36}\/room\/$/;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(PARTS)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((name) => name.startsWith("room-") && name !== KEPT).map((name) => caches.delete(name)))).then(() => self.clients.claim()));
});
self.addEventListener("message", (event) => {
  const path = event.data.keep;
  if (ROOM.test(path)) event.waitUntil(keep(path).then(() => event.source.postMessage({ kept: path }), () => {}));
});
self.addEventListener("fetch", (event) => {
  const { request } = event, { pathname, origin } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate" && ROOM.test(pathname)) event.respondWith(page(request, pathname));
  else if (pathname.startsWith("/static/")) event.respondWith(part(request));
});

async function keep(path) {
  const answer = await fetch(path, { cache: "no-store", redirect: "manual" });
  if (!answer.ok) throw new Error(`${path} answers ${answer.status}`);
  const cache = await caches.open(KEPT);
  await cache.put(path, answer);
  for (const request of await cache.keys()) {
    const kept = await cache.match(request);
    const isOld = Date.now() - Date.parse(kept.headers.get("Date")) > MONTH;
    if (isOld && ROOM.test(new URL(request.url).pathname)) await cache.delete(request);
  }
}

{% include "core/kept.js" %}
