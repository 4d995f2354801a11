/* Runs before the first paint: says that scripts work and applies the kept «Крупный текст». */
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");
  try {
    if (localStorage.getItem("large-text") === "1") root.classList.add("large-text");
  } catch (refused) {
    /* storage is switched off: the page stays at its usual size */
  }
})();
