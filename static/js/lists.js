/* A list of people with ticks: how many are ticked. After site.js, which ticks all. */
(() => {
  "use strict";

  function count() {
    const said = document.getElementById("picked");
    if (!said) return;
    const chosen = document.querySelectorAll("#picks [name=pick]:checked").length;
    said.textContent = chosen ? `Отмечено ${chosen}` : "Отметьте строки";
  }
  document.addEventListener("change", ({ target }) => target.closest("#picks") && count());
  document.addEventListener("reset", () => setTimeout(() => { // once the ticks are off
    const all = document.getElementById("pick-all");
    if (all) all.indeterminate = false;
    count();
  }));
  document.addEventListener("htmx:afterSettle", count);
  window.addEventListener("pageshow", count); // the browser puts ticks back
})();
