// What the pages do better with JavaScript. Everything works without it: links are links, forms are forms.
(function () {
  "use strict";

  const byId = (id) => document.getElementById(id);

  // A request the reader made replaces the centre; the others (an unread mark asking for news) go unnoticed.
  const isOurs = (event) => Boolean(event.detail.target) && event.detail.target.id === "centre";

  // ---- After a swap, the reader is taken to the new page as a full load would: title said, focus on its h1 ----

  document.addEventListener("htmx:afterSettle", (event) => {
    const centre = byId("centre");
    if (!centre || !isOurs(event)) return;
    byId("status").textContent = document.title.split(" — ")[0];
    if (centre.contains(document.activeElement) && document.activeElement !== centre) return;
    const first = centre.querySelector("[autofocus]") || centre.querySelector("h1") || centre;
    if (!first.hasAttribute("tabindex") && !first.matches("a, button, input, select, textarea")) {
      first.setAttribute("tabindex", "-1");
    }
    first.focus({ preventScroll: !first.matches("[autofocus]") });
  });

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (!isOurs(event)) return;
    hideAlert();
    byId("centre").setAttribute("aria-busy", "true");
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const centre = byId("centre");
    if (centre && isOurs(event)) centre.removeAttribute("aria-busy");
  });

  // ---- When a swap fails, a sentence says what to do; the page stays as it is ----

  const SENTENCES = {
    400: "La demande n’a pas été comprise. Rechargez la page et recommencez.",
    403: "Vous n’avez pas le droit de faire cela.",
    404: "Cette page n’existe pas, ou n’existe plus.",
    413: "Ce que vous envoyez est trop lourd : 8 Mo par fichier au plus.",
    429: "Trop de demandes en peu de temps. Attendez quelques minutes, puis recommencez.",
  };
  const FAILED = "Le site n’a pas pu répondre. Attendez un peu, puis rechargez la page pour voir si votre demande est passée.";
  const OFFLINE = "Pas de connexion à Internet. Vérifiez votre réseau, puis recommencez.";
  const LATE = "La réponse tarde. Rechargez la page pour voir si votre demande est passée.";

  function showAlert(sentence) {
    const region = byId("alert");
    const words = document.createElement("p");
    words.textContent = sentence;
    const close = document.createElement("button");
    close.type = "button";
    close.className = "button button--quiet";
    close.textContent = "Fermer";
    close.addEventListener("click", hideAlert);
    region.replaceChildren(words, close);
  }

  function hideAlert() {
    const region = byId("alert");
    if (region) region.replaceChildren();
  }

  function alertOn(name, sentence) {
    document.addEventListener(name, (event) => {
      if (isOurs(event)) showAlert(sentence(event));
    });
  }

  alertOn("htmx:responseError", (event) => SENTENCES[event.detail.xhr.status] || FAILED);
  alertOn("htmx:sendError", () => OFFLINE);
  alertOn("htmx:timeout", () => LATE);

  // Files take the time they take on a slow network.
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt.enctype === "multipart/form-data") event.detail.timeout = 0;
  });

  // ---- A form is sent once, however many times one presses (htmx forms guard themselves) ----

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    // A disabled button would not be sent with the form: it is only said to be disabled.
    form.querySelectorAll("[type=submit]").forEach((button) => button.setAttribute("aria-disabled", "true"));
    setTimeout(release, 5000, form); // still here: the answer was a file, which one may want again
  });

  function release(form) {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  }

  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));

  // ---- The page that leads to the bank leaves by itself; its button is for when it could not ----

  const leaving = document.querySelector("form[data-leaves]");
  if (leaving) leaving.requestSubmit();

  // ---- Buttons that only work here: hidden in the page, shown once this file runs ----

  function prepare(root) {
    root.querySelectorAll("[data-reveal], [data-copy], [data-print]").forEach((button) => {
      button.hidden = false;
    });
  }

  function reveal(button) {
    const input = byId(button.dataset.reveal);
    const show = input.type === "password";
    input.type = show ? "text" : "password";
    button.textContent = show ? "Masquer" : "Afficher";
    byId("status").textContent = show ? "Le mot de passe est affiché." : "Le mot de passe est masqué.";
  }

  async function copy(button) {
    await navigator.clipboard.writeText(byId(button.dataset.copy).textContent.trim());
    byId("status").textContent = "Copié.";
    const words = button.querySelector("span") || button;
    const before = words.textContent;
    words.textContent = "Copié";
    setTimeout(() => { words.textContent = before; }, 2000);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-reveal], [data-copy], [data-print]");
    if (!button) return;
    if (button.dataset.reveal) reveal(button);
    else if (button.dataset.copy) copy(button);
    else window.print();
  });

  // A part of a page may ask for a script of its own.
  function load(root) {
    root.querySelectorAll("[data-module]").forEach((part) => {
      import(part.dataset.module).then((script) => script.start(part));
    });
  }

  document.addEventListener("htmx:load", (event) => {
    prepare(event.detail.elt);
    load(event.detail.elt);
  });
  prepare(document);
  load(document);

  // ---- The menu of a phone: Escape closes it ----

  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector(".menu__toggle[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  // ---- A form with errors, freshly loaded: the browser's own autofocus may lose to the skip link; the summary wins ----

  const summary = document.querySelector(".summary[autofocus]");
  if (summary) summary.focus();
})();
