/* How many rows of a register are ticked. */
(() => {
  "use strict";

  function count() {
    const said = document.getElementById("picked");
    const chosen = document.querySelectorAll("#picks [name=pick]:checked").length;
    if (said) said.textContent = chosen ? `Отмечено ${chosen}` : "Отметьте строки";
  }
  for (const type of ["change", "htmx:afterSettle"]) document.addEventListener(type, count);
  window.addEventListener("pageshow", count);
  document.addEventListener("reset", () => setTimeout(() => {
    for (const all of document.querySelectorAll("#pick-all")) all.indeterminate = false;
    count();
  }));
})();
