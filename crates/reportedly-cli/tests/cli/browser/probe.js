// Runs in a copy of a page inside a frame of the harness: follows every link and tells the harness what it found.
addEventListener('securitypolicyviolation', (event) => parent.postMessage({ fault: `policy: ${event.violatedDirective} ${event.blockedURI}` }, '*'));
addEventListener('error', (event) => parent.postMessage({ fault: `error: ${event.message}` }, '*'));
addEventListener('load', () => {
  const faults = [];
  const links = [...document.querySelectorAll('a')];
  let landed = 0;
  const seen = (box) => box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const ids = new Set();
  for (const { id } of document.querySelectorAll('[id]')) {
    if (ids.has(id)) faults.push(`id twice: ${id}`);
    ids.add(id);
  }
  const hashes = new Set(links.map((link) => link.getAttribute('href')));
  for (const hash of hashes) {
    if (!/^#./.test(hash || '')) { faults.push(`leaves the page: ${hash}`); continue; }
    location.hash = hash;
    const target = document.querySelector(':target');
    if (!target || target.id !== hash.slice(1)) { faults.push(`lands nowhere: ${hash}`); continue; }
    // What is as high as the window and more is seen in part.
    if (![...target.getClientRects()].some(seen)) { faults.push(`lands out of sight: ${hash}`); continue; }
    landed += 1;
  }
  // Every item leads to its words and from there back.
  const words = [...document.querySelectorAll('[data-item]')].map((span) => ({
    item: span.dataset.item, chars: span.dataset.chars, id: span.id, text: span.textContent,
  }));
  for (const link of links) {
    const box = link.getBoundingClientRect();
    if (link.tabIndex < 0) faults.push(`not reached by keyboard: ${link.getAttribute('href')}`);
    if (!link.textContent.trim()) faults.push(`nothing to read: ${link.getAttribute('href')}`);
    if (box.right > innerWidth + 1) faults.push(`beyond the edge: ${link.getAttribute('href')}`);
  }
  for (const { name } of performance.getEntriesByType('resource')) faults.push(`asks for ${name}`);
  const wide = document.documentElement.scrollWidth;
  parent.postMessage({ width: innerWidth, wide, links: links.length, hashes: hashes.size, landed, words, faults }, '*');
});
