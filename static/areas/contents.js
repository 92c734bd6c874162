// The contents of the page of an area: what turns out to have nothing to show has no link either, and on a phone
// the list begins folded.
(() => {
  const contents = document.querySelector(".contents");
  const blocks = document.querySelector(".area-page .blocks");
  if (!contents || !blocks) return;
  if (window.matchMedia("(max-width: 62rem)").matches) contents.querySelector("details").open = false;
  const prune = () => {
    for (const link of contents.querySelectorAll("a")) {
      const block = document.getElementById(link.hash.slice(1));
      link.parentElement.hidden = !block || block.hidden;
    }
  };
  new MutationObserver(prune).observe(blocks, { childList: true });
  prune();
})();
