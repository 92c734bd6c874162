// The contents of the page of an area: what turns out to have nothing to show has no link either, and on a phone
// the list begins folded. A link to what is folded opens it, also when that comes in later.
(() => {
  const contents = document.querySelector(".contents");
  const blocks = document.querySelector(".area-page .blocks");
  if (!contents || !blocks) return;
  if (window.matchMedia("(max-width: 75rem)").matches) contents.querySelector("details").open = false;
  let wanted = location.hash;
  const unfold = () => {
    const fold = wanted && document.getElementById(wanted.slice(1))?.querySelector("details.fold");
    if (!fold) return;
    fold.open = true;
    wanted = "";
  };
  contents.addEventListener("click", (event) => {
    wanted = event.target.closest("a")?.hash ?? wanted;
    unfold();
  });
  const prune = () => {
    for (const link of contents.querySelectorAll("a")) {
      const block = document.getElementById(link.hash.slice(1));
      link.parentElement.hidden = !block || block.hidden;
    }
  };
  const came = () => {
    prune();
    unfold();
  };
  new MutationObserver(came).observe(blocks, { childList: true });
  came();
})();
