/** From the server while there is a line, else the page that is kept at a path. */
async function page(request, path, kept = KEPT) {
  try {
    return await fetch(request);
  } catch { return (await (await caches.open(kept)).match(path)) ?? Response.error(); }
}

/** Parts have names that change with what is in them: what is kept is right. */
async function part(request) {
  const cache = await caches.open(KEPT);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}
