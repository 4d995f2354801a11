/* Forming a pair: says, as mentees are ticked, whether it will be a pair or a group. After site.js. */
(() => {
  "use strict";

  const picker = document.getElementById("options");
  const size = document.getElementById("group-size");

  function sentence(count) {
    if (count === 0) return "Никто не отмечен.";
    if (count === 1) return "Это будет пара.";
    const isSingular = count % 10 === 1 && count % 100 !== 11;
    return `Это будет группа из ${count} ${isSingular ? "наставляемого" : "наставляемых"}.`;
  }

  picker.addEventListener("change", () => {
    size.textContent = sentence(picker.querySelectorAll(":checked").length);
    window.site.say(size.textContent);
  });
})();
