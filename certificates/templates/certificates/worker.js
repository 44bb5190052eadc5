{% load static %}/* Keeps the page that verifies without a line, and what it needs. Within /verify/ only; nothing that somebody looked up is kept. */
const KEPT = "verify-{{ request.LANGUAGE_CODE }}-1";
const PAGE = "{% url 'certificates:offline' %}";
const PARTS = ["{% static 'core/thindan.css' %}", "{% static 'core/icon.svg' %}", "{% static 'fonts/nsm-core-400.woff2' %}", "{% static 'fonts/nsm-core-700.woff2' %}", "{% static 'certificates/offline.js' %}", "{% static 'noble/ed25519.js' %}"];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(PARTS)).then(keep).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((name) => name.startsWith("verify-") && name !== KEPT).map((name) => caches.delete(name)))).then(() => self.clients.claim()));
});
self.addEventListener("fetch", (event) => {
  const { request } = event, { pathname } = new URL(request.url);
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    event.respondWith(page(request, PAGE));
    if (pathname === PAGE) event.waitUntil(keep().catch(() => {})); // anew each time, with the keys of the day
  }
  else if (pathname.startsWith("/static/")) event.respondWith(part(request));
});

/** Keeps the page as anyone sees it: without the name of whoever is signed in on a telephone that is shared. */
async function keep() {
  const answer = await fetch(PAGE, { credentials: "omit", cache: "no-store", headers: { "Accept-Language": "{{ request.LANGUAGE_CODE }}" } });
  if (!answer.ok) throw new Error(`${PAGE} answers ${answer.status}`);
  await (await caches.open(KEPT)).put(PAGE, answer);
}

{% include "core/kept.js" %}
