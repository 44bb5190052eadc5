const NO_LINE = "{% filter escapejs %}{% include 'core/no_line.html' %}{% endfilter %}";
const NO_LINE_HEADERS = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'" };

/** From the server while there is a line, else the page that is kept at a path, else one that says so. */
async function page(request, path, kept = KEPT) {
  try {
    return await fetch(request);
  } catch { return (await (await caches.open(kept)).match(path)) ?? new Response(NO_LINE, { status: 503, headers: NO_LINE_HEADERS }); }
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
