// The photos of a form: made smaller here, sent one by one with a bar; one that fails is tried again alone.
// Loaded only where a form asks for it (data-module). Without it the form sends its files as any form does.

const LONGEST_SIDE = 2000;
const LIGHT = 700_000; // bytes under which a photo leaves as it is
const PATIENCE = 180_000; // milliseconds: a slow network is still a network
const SMALL = 192;
const SENTENCES = {
  0: "Pas de connexion. Cette photo n’est pas partie.",
  413: "Cette photo est trop lourde : 8 Mo au plus.",
  422: "Cette photo n’a pas pu être lue.",
};
const FAILED = "Le site n’a pas pu prendre cette photo.";

export function start(form) {
  const input = form.querySelector("input[type=file]");
  if (!input || form.dataset.started) return;
  form.dataset.started = "yes";
  const list = document.getElementById("photo-list");
  const status = document.getElementById("status");
  const queue = Object.assign(document.createElement("ul"), { className: "photo-list" });
  const wait = Object.assign(document.createElement("p"), { className: "photo-wait", hidden: true });
  wait.setAttribute("role", "status");
  let line = Promise.resolve();
  let sending = 0;
  let pressed = null;

  form.querySelector("[value=add]").hidden = true;
  list.after(queue);
  form.append(wait);

  function take() {
    const files = [...input.files];
    input.value = "";
    files.forEach((file) => add(file));
  }

  input.addEventListener("change", take);
  take(); // what was chosen before this file had come

  // « Continuer » waits for the photos that are leaving, then goes on by itself.
  form.addEventListener("submit", (event) => {
    if (!sending) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    pressed = event.submitter;
    wait.textContent = "Vos photos partent. La page suivante s’ouvrira toute seule.";
    wait.hidden = false;
  }, true);

  function add(file) {
    const item = drawn(file);
    queue.append(item.line);
    item.remove.addEventListener("click", () => { item.line.remove(); input.focus(); });
    item.again.addEventListener("click", () => enter(item));
    enter(item);
  }

  function enter(item) {
    sending += 1;
    item.said.textContent = "En attente";
    item.again.hidden = item.remove.hidden = true;
    item.bar.hidden = false;
    item.bar.value = 0;
    line = line.then(async () => {
      const taken = await sent(item);
      sending -= 1;
      if (!taken) pressed = null;
      wait.hidden = !pressed;
      if (!sending && pressed) form.requestSubmit(pressed);
    });
  }

  async function sent(item) {
    item.said.textContent = "Envoi en cours";
    item.blob ||= await smaller(item.file, item.picture);
    const answer = await post(item);
    if (answer.status === 204) return window.location.assign(answer.getResponseHeader("HX-Redirect") || form.action);
    const page = new DOMParser().parseFromString(answer.responseText || "", "text/html");
    const fresh = page.getElementById("photo-list");
    if (answer.status !== 200 || !fresh) return refused(item, answer.status, page);
    list.replaceChildren(...fresh.childNodes);
    window.htmx.process(list);
    item.line.remove();
    form.querySelector("[value=next] span").textContent = page.querySelector("[value=next] span").textContent;
    input.closest(".field").hidden = !page.querySelector("#photo-form input[type=file]");
    status.textContent = `Photo ajoutée : ${item.file.name}`;
    return true;
  }

  function post(item) {
    const body = new FormData();
    form.querySelectorAll("input[type=hidden]").forEach((field) => body.append(field.name, field.value));
    body.append("go", "add");
    body.append(input.name, item.blob, item.file.name);
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.timeout = PATIENCE;
      request.setRequestHeader("HX-Request", "true");
      request.upload.onprogress = (event) => { item.bar.value = event.loaded / event.total; };
      request.onloadend = () => done(request);
      request.send(body);
    });
  }

  function refused(item, code, page) {
    const said = page.querySelector(".field__error span");
    item.said.textContent = code === 422 && said ? said.textContent : SENTENCES[code] || FAILED;
    status.textContent = item.said.textContent;
    item.line.classList.add("photo-list__line--wrong");
    item.bar.hidden = true;
    item.remove.hidden = false;
    item.again.hidden = code === 422 || code === 413;
    return false;
  }
}

// One line of the queue: a small picture, the name, a bar, and what to do when it fails.
function drawn(file) {
  const line = Object.assign(document.createElement("li"), { className: "photo-list__line" });
  const picture = Object.assign(document.createElement("canvas"), { className: "photo-list__small", width: SMALL, height: SMALL });
  const name = Object.assign(document.createElement("span"), { className: "photo-list__name", textContent: file.name });
  const said = Object.assign(document.createElement("span"), { className: "photo-list__said" });
  const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
  const again = button("Réessayer", file.name);
  const remove = button("Retirer", file.name);
  const actions = Object.assign(document.createElement("span"), { className: "photo-list__actions" });
  picture.setAttribute("aria-hidden", "true");
  bar.setAttribute("aria-label", `Envoi de ${file.name}`);
  name.append(said, bar);
  actions.append(again, remove);
  line.append(picture, name, actions);
  return { file, line, picture, said, bar, again, remove };
}

function button(words, name) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "button button--quiet", hidden: true });
  const more = Object.assign(document.createElement("span"), { className: "visually-hidden", textContent: ` ${name}` });
  made.append(words, more);
  return made;
}

// The photo at 2,000 pixels at most; as it is when this browser cannot read it (the server may), or when it is light.
async function smaller(file, preview) {
  let image;
  try {
    image = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return file;
  }
  const side = Math.min(image.width, image.height);
  preview.getContext("2d").drawImage(image, (image.width - side) / 2, (image.height - side) / 2, side, side, 0, 0, SMALL, SMALL);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height));
  if (scale === 1 && file.size <= LIGHT) return file;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(image.width * scale);
  canvas.height = Math.round(image.height * scale);
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  image.close();
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
  return blob && blob.size < file.size ? blob : file;
}
