{% load static %}/* Keeps the pocket cards once seen, and the list of them. A card tells nothing about who read it and stays; the list is somebody's, and signing out takes it away (core/outbox.js). */
const KEPT = "cards-{{ request.LANGUAGE_CODE }}-1", OWN = "list-{{ request.LANGUAGE_CODE }}-1";
const LIST = "{% url 'courses:cards' %}";
const CARD = /^\/learn\/cards\/[\w-]+\/$/;
const PARTS = ["{% static 'core/thindan.css' %}", "{% static 'core/icon.svg' %}", "{% static 'fonts/nsm-core-400.woff2' %}", "{% static 'fonts/nsm-core-700.woff2' %}", "{% static 'core/outbox.js' %}", "{% static 'core/sign-out.js' %}", "{% static 'core/kept-pages.js' %}", "{% static 'courses/card.css' %}", "{% static 'courses/holds-until.js' %}"];

/** In which cache a page is kept; in none where it is not kept. */
const kept = (path) => (path === LIST ? OWN : CARD.test(path) ? KEPT : null);

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(PARTS)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((name) => /^(cards|list)-/.test(name) && name !== KEPT && name !== OWN).map((name) => caches.delete(name)))).then(() => self.clients.claim()));
});
self.addEventListener("message", (event) => {
  const path = event.data.keep;
  if (kept(path)) event.waitUntil(keep(path).then(() => event.source.postMessage({ kept: path }), () => {}));
});
self.addEventListener("fetch", (event) => {
  const { request } = event, { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate" && kept(pathname)) event.respondWith(page(request, pathname, kept(pathname)));
  else if (pathname.startsWith("/static/")) event.respondWith(part(request));
});

/** Keeps a page as it is now, in the place of what was kept of it. */
async function keep(path) {
  const answer = await fetch(path, { cache: "no-store", redirect: "manual" });
  if (!answer.ok) throw new Error(`${path} answers ${answer.status}`);
  await (await caches.open(kept(path))).put(path, answer);
}

{% include "core/kept.js" %}
