/* Additions only: without scripts links and forms still work. Read before the page is: what looks at it waits. */
(() => {
  "use strict";

  const byId = (id) => document.getElementById(id);

  /* ---- messages ------------------------------------------------------------------------ */

  const FAILURES = {
    400: "Запрос не принят. Обновите страницу и повторите: введённое лучше сначала скопировать.",
    409: "Данные уже изменены. Откройте страницу заново и сравните, прежде чем сохранять.",
    422: "Данные не приняты. Проверьте поля и повторите.",
    500: "На сервере произошла ошибка, ничего не сохранено. Введённое осталось на странице: повторите чуть позже.",
    503: "Сервер сейчас занят, ничего не сохранено. Введённое осталось на странице: повторите через минуту.",
  };
  const OFFLINE = "Нет связи с сервером. Проверьте сеть и повторите: введённое осталось на странице.";
  const NOT_SWAPPED = "Обновите страницу и проверьте, что сохранилось.";
  const SIGNED_OUT =
    "Сеанс завершён. Откройте вход в новой вкладке, войдите и повторите: введённое сохранено на этой странице.";

  let signedOut = false;

  function showAlert(sentence, link) {
    const box = document.createElement("div");
    box.className = "alert";
    const text = document.createElement("p");
    text.textContent = sentence;
    if (link) text.append(" ", link);
    const close = document.createElement("button");
    close.type = "button";
    close.className = "btn btn-link";
    close.textContent = "Закрыть";
    close.addEventListener("click", () => {
      clearAlert();
      byId("main").focus({ preventScroll: true });
    });
    box.append(text, close);
    byId("alert").replaceChildren(box);
  }

  function clearAlert() {
    byId("alert").replaceChildren();
  }

  function say(sentence) {
    byId("live").textContent = sentence;
  }

  function showFailure(status) {
    if (status === 502 || status === 504) return showAlert(OFFLINE);
    if (status !== 401) {
      showAlert(FAILURES[status] || (status >= 500 ? FAILURES[500] : FAILURES[400]));
      return;
    }
    signedOut = true;
    const link = document.createElement("a");
    link.href = "/login?tab=1";
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = "Войти в новой вкладке";
    showAlert(SIGNED_OUT, link);
  }

  /* Signed in anew in another tab: the forms of this page get the new session's token. */
  async function renewToken() {
    try {
      const answer = await fetch("/csrf", { cache: "no-store" });
      if (!answer.ok) return;
      const { token } = await answer.json();
      for (const field of document.querySelectorAll("input[name=csrf_token]")) field.value = token;
      signedOut = false;
      showAlert("Вы вошли заново. Ничего не потеряно: отправьте ещё раз.");
    } catch {
      /* no connection: tried again at the next look at this page */
    }
  }
  const lookAgain = () => signedOut && !document.hidden && renewToken();
  window.addEventListener("focus", lookAgain);
  document.addEventListener("visibilitychange", lookAgain);

  /* ---- requests of htmx ---------------------------------------------------------------- */

  // told before htmx looks at the page: its own listener of this event was added later
  document.addEventListener("DOMContentLoaded", () => Object.assign(htmx.config, {
    historyCacheSize: 0,
    historyRestoreAsHxRequest: false,
    allowEval: false,
    allowScriptTags: false,
    includeIndicatorStyles: false,
    selfRequestsOnly: true,
    disableInheritance: true,
    responseHandling: [
      { code: "204", swap: false },
      { code: "2..", swap: true },
      { code: "422", swap: true },
      { code: "409", swap: true },
      { code: "...", swap: false, error: true },
    ],
  }));

  const isQuiet = (element) => element.hasAttribute("data-quiet"); // it saves nothing
  const inFlight = new WeakMap(); // request → the button it switched off

  function submitterOf(detail) {
    const pressed = detail.requestConfig?.triggeringEvent?.submitter;
    if (pressed) return pressed;
    const sentByForm = detail.requestConfig?.triggeringEvent?.type === "submit";
    return sentByForm ? detail.elt.querySelector("button[type=submit], button:not([type])") : null;
  }

  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    detail.target.setAttribute("aria-busy", "true");
    const button = submitterOf(detail);
    if (!button) return;
    inFlight.set(detail.xhr, { button, focused: document.activeElement === button });
    button.disabled = true;
  });

  // before HX-Redirect is followed, or the warning about unsaved text stands in its way
  document.addEventListener("htmx:beforeOnLoad", ({ detail }) => {
    if (detail.xhr.status < 400 && !isQuiet(detail.elt)) unguard(detail.elt);
  });

  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const { status, responseText } = detail.xhr;
    // An empty refusal would wipe out the form it answers.
    if ((status === 409 || status === 422) && !responseText.trim()) {
      detail.shouldSwap = false;
      showFailure(status);
    }
  });

  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    detail.target.removeAttribute("aria-busy");
    const { status } = detail.xhr; // not detail.successful: htmx counts a swapped 422 as one
    if (status >= 200 && status < 400 && !signedOut && !isQuiet(detail.elt)) clearAlert();
    const sent = inFlight.get(detail.xhr);
    if (!sent) return;
    sent.button.disabled = false;
    // A button loses the focus when it is switched off: give it back unless the swap moved it.
    if (sent.focused && (!document.activeElement || document.activeElement === document.body)) {
      const again = sent.button.isConnected ? sent.button : sent.button.id && byId(sent.button.id);
      if (again) again.focus();
    }
  });

  document.addEventListener("htmx:responseError", ({ detail: { xhr, elt } }) => {
    if (xhr.getResponseHeader("X-Old-Token")) return renewToken();
    // The server knows better whether it was saved.
    const told =
      xhr.getResponseHeader("X-Own-Words") && new DOMParser().parseFromString(xhr.responseText, "text/html").getElementById("error");
    if (!told) return showFailure(xhr.status);
    if (xhr.getResponseHeader("X-Saved")) unguard(elt);
    byId("alert").replaceChildren(told);
  });
  document.addEventListener("htmx:sendError", () => showAlert(OFFLINE));
  document.addEventListener("htmx:timeout", () => showAlert(OFFLINE));
  document.addEventListener("htmx:swapError", () => showAlert(NOT_SWAPPED));

  /* ---- focus --------------------------------------------------------------------------- */

  function focusMarked(root) {
    const marked = root.matches?.("[data-focus]") ? root : root.querySelector("[data-focus]");
    if (!marked) return;
    marked.removeAttribute("data-focus");
    if (marked.tabIndex < 0 && !marked.hasAttribute("tabindex")) marked.tabIndex = -1;
    marked.focus();
  }
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (detail.xhr?.status >= 400) {
      // A refused form comes back with what was typed: that is still unsaved.
      for (const form of detail.elt.querySelectorAll("form[data-guard]")) dirty.add(form);
    }
    focusMarked(detail.elt);
    markChecked();
  });

  /* ---- ordinary forms: a double click sends once --------------------------------------- */

  const sentForms = new Map(); // form → the buttons it switched off

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === "get" || form.target === "_blank") return;
    if (sentForms.has(form)) {
      event.preventDefault();
      return;
    }
    unguard(form);
    const buttons = [...form.elements].filter((part) => part.type === "submit" && !part.disabled);
    sentForms.set(form, buttons);
    // once the browser has read the form: a button switched off sends no value
    setTimeout(() => buttons.forEach((button) => (button.disabled = true)));
  });

  function release(form) {
    for (const button of sentForms.get(form) || []) button.disabled = false;
    sentForms.delete(form);
  }
  window.addEventListener("pageshow", () => [...sentForms.keys()].forEach(release));

  /* ---- unsaved text -------------------------------------------------------------------- */

  const dirty = new Set();

  function unguard(element) {
    const form = element.closest?.("form");
    if (form) dirty.delete(form);
  }
  document.addEventListener("input", ({ target }) => {
    const form = target.closest("form[data-guard]");
    if (form) dirty.add(form);
  });
  window.addEventListener("beforeunload", (event) => {
    if (![...dirty].some((form) => form.isConnected)) return;
    event.preventDefault();
    event.returnValue = "";
  });

  /* ---- «Выбрать все» ------------------------------------------------------------------- */

  function checksUnder(master) {
    const area = master.closest("form, table, fieldset") || document;
    const name = master.dataset.checkAll;
    const all = area.querySelectorAll("input[type=checkbox]:not([data-check-all]):not(:disabled)");
    return [...all].filter((box) => (!name || box.name === name) && !box.closest("[hidden]"));
  }
  function markChecked() {
    for (const master of document.querySelectorAll("[data-check-all]")) {
      const boxes = checksUnder(master);
      const chosen = boxes.filter((box) => box.checked).length;
      master.checked = chosen > 0 && chosen === boxes.length;
      master.indeterminate = chosen > 0 && chosen < boxes.length;
    }
  }
  document.addEventListener("change", ({ target }) => {
    if (target.matches("[data-check-all]")) {
      for (const box of checksUnder(target)) box.checked = target.checked;
    }
    if (target.type === "checkbox") markChecked();
  });

  /* ---- buttons ------------------------------------------------------------------------- */

  function selectText(source) {
    if (source.select) {
      source.focus();
      source.select();
    } else {
      getSelection().selectAllChildren(source);
    }
  }

  async function copy(button) {
    const source = document.querySelector(button.dataset.copy);
    const label = button.querySelector("span") || button;
    const done = () => {
      label.textContent = "Скопировано";
      say("Текст скопирован.");
    };
    try {
      // There is no clipboard on http:// with a name: the text is selected instead.
      await navigator.clipboard.writeText(source.value ?? source.innerText);
      done();
    } catch {
      selectText(source);
      if (document.execCommand("copy")) {
        done();
      } else {
        label.textContent = "Выделено: нажмите Ctrl+C";
        say("Текст выделен. Нажмите Ctrl+C.");
      }
    }
  }

  function toggleLargeText(button) {
    const large = document.documentElement.classList.toggle("large-text");
    button.setAttribute("aria-pressed", String(large));
    try {
      localStorage.setItem("large-text", large ? "1" : "0");
    } catch {
      /* storage is switched off: the choice holds for this page */
    }
  }

  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-copy], [data-large-text], [data-print]");
    if (!button) return;
    if (button.dataset.copy) copy(button);
    else if (button.hasAttribute("data-print")) window.print();
    else toggleLargeText(button);
  });

  /* What drops down closes by a press outside of it and by Escape. */
  const opened = () => [...document.querySelectorAll("details.drop[open]")];
  document.addEventListener("click", ({ target }) => {
    for (const drop of opened()) if (!drop.contains(target)) drop.open = false;
  });
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    for (const drop of opened()) {
      if (drop.contains(document.activeElement)) drop.querySelector("summary").focus();
      drop.open = false;
    }
  });

  document.addEventListener("DOMContentLoaded", () => {
    if (document.querySelector("[data-signed-out]")) signedOut = true;
    // decision 24
    if (document.querySelector("[data-posted]")) history.replaceState(null, "", location.href);
    for (const button of document.querySelectorAll("[data-large-text]")) {
      button.setAttribute("aria-pressed", String(document.documentElement.classList.contains("large-text")));
    }
    focusMarked(document);
    markChecked();
  });
  window.site = { say, showAlert, clearAlert };
})();
