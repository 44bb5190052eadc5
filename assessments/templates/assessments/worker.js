{% load static %}/* Keeps the paper of an attempt as the server gave it last, as long as the server gives one at that address; beside it lies what the server acknowledged since. Signing out takes it away, and so does somebody else's page (core/outbox.js). */
const KEPT = "papers-1";
const PAPER = /^\/attempt\/([0-9a-f-]{36})\/$/;
const PARTS = ["{% static 'core/thindan.css' %}", "{% static 'core/icon.svg' %}", "{% static 'fonts/nsm-core-400.woff2' %}", "{% static 'fonts/nsm-core-700.woff2' %}", "{% static 'core/outbox.js' %}", "{% static 'core/sender.js' %}", "{% static 'core/sign-out.js' %}", "{% static 'assessments/attempt-sheet.js' %}"];

let noting = Promise.resolve(); // one after the other

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(PARTS)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((name) => name.startsWith("papers-") && name !== KEPT).map((name) => caches.delete(name)))).then(() => self.clients.claim()));
});
self.addEventListener("message", (event) => {
  const path = event.data.keep;
  if (PAPER.test(path)) event.waitUntil(paper(event, new Request(path, { cache: "no-store" }), path).catch(() => {}));
  if (PAPER.test(event.data.beside)) event.waitUntil((noting = noting.then(() => note(event.data)).catch(() => {})));
});
self.addEventListener("fetch", (event) => {
  const { request } = event, { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (PAPER.test(pathname)) event.respondWith(paper(event, request, pathname));
  else if (request.mode === "navigate") event.respondWith(page(request, pathname));
  else if (pathname.startsWith("/static/")) event.respondWith(part(request));
});

/** What the server gives, which takes the place of what is kept; to who goes there without a line what is kept. */
async function paper(event, request, path) {
  const asked = Date.now();
  try {
    const answer = await fetch(request);
    event.waitUntil(take(path, answer.clone(), asked).catch(() => {}));
    return answer;
  } catch (error) {
    if (request.mode !== "navigate") throw error;
    return (await kept(path)) ?? page(request, path);
  }
}

/** asked: when, since the time left runs from no later. What is no paper (a result, another device's turn) leaves none. */
async function take(path, answer, asked) {
  if (answer.redirected || !(answer.ok || answer.status === 404)) return; // to sign in, or nobody is there
  const text = await answer.text();
  const [, name] = text.match(/<attempt-sheet [^>]*data-kept="([\w-]+)"/) ?? [];
  await forget(path, name);
  if (!name) return;
  const headers = new Headers(answer.headers);
  headers.set("X-Asked", asked);
  await (await caches.open(name)).put(path, new Response(text, { headers }));
  for (const [, address] of text.matchAll(/\b(?:src|href)="(\/static\/[^"]+)"/g)) await part(new Request(address));
}

/** What a page says since it was kept: steps that the server acknowledged, the newest one it knows of, the seconds left. */
async function note({ beside: path, head, left, steps }) {
  const name = (await caches.keys()).find((one) => one.endsWith(PAPER.exec(path)[1]));
  if (!name) return;
  const before = await noted(path);
  const newest = new Map([...before.steps, ...steps].map((step) => [`${step.place} ${step.kind.endsWith("flag")}`, step]));
  const noting = { head: Math.max(head, before.head), left, at: Date.now(), steps: [...newest.values()] };
  await (await caches.open(name)).put(`${path}beside`, new Response(JSON.stringify(noting)));
}

async function noted(path) {
  const answer = await caches.match(`${path}beside`);
  return answer ? answer.json() : { head: 0, left: null, at: 0, steps: [] };
}

/** The paper as it is kept, with what was noted since; never with more time than there is, and none once that is over. */
async function kept(path) {
  const answer = await caches.match(path, { ignoreVary: true });
  if (!answer) return null;
  const asked = Number(answer.headers.get("X-Asked")), beside = await noted(path);
  let text = await answer.text();
  const number = (name) => Number(text.match(new RegExp(`data-${name}="(\\d+)"`))?.[1] ?? NaN);
  const put = (name, value) => (text = text.replace(new RegExp(`data-${name}="\\d+"`), `data-${name}="${value}"`));
  const told = [{ left: number("seconds-left"), at: asked }, ...(beside.at > asked ? [beside] : [])];
  const left = Math.floor(Math.min(...told.map((one) => one.left - Math.max(0, Date.now() - one.at) / 1000)));
  if (left <= 0) return forget(path);
  if (left) put("seconds-left", left);
  put("head", Math.max(number("head"), beside.head));
  const known = JSON.stringify(beside.steps.filter((step) => step.at > asked)).replace(/&/g, "&amp;").replace(/"/g, "&quot;");
  text = text.replace("<attempt-sheet ", () => `<attempt-sheet data-known="${known}" `);
  return new Response(text, { headers: answer.headers });
}

async function forget(path, but) {
  for (const name of await caches.keys()) if (name !== but && name.endsWith(PAPER.exec(path)[1])) await caches.delete(name);
}

{% include "core/kept.js" %}
