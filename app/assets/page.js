// Follows a citation to its quote, in whichever turn it stands, and keeps the newest turn in view.
(() => {
  const show = (section) => {
    for (const other of document.querySelectorAll(".dl-turn-evidence")) other.hidden = other !== section;
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a.dl-cite");
    if (!link) return;
    event.preventDefault();
    const quote = document.getElementById(link.getAttribute("href").slice(1));
    if (!quote) return;
    show(quote.closest(".dl-turn-evidence"));
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    quote.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "center" });
    quote.focus({ preventScroll: true });
    for (const other of document.querySelectorAll(".dl-quote.dl-followed")) other.classList.remove("dl-followed");
    quote.classList.add("dl-followed");
  });

  let turns = 0;
  new MutationObserver(() => {
    const all = document.querySelectorAll(".dl-turn");
    if (all.length > turns) {
      const newest = all[all.length - 1];
      const pane = newest.closest("#conversation");
      if (pane && pane.scrollHeight > pane.clientHeight) pane.scrollTop = newest.offsetTop - pane.offsetTop - 8;
      else if (all.length > 1) newest.scrollIntoView({ block: "nearest" });
    }
    turns = all.length;
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
