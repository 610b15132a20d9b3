// Is it the file that was assessed? The browser computes the SHA-256 itself: the file never leaves this machine.
// Without this script, or where the browser cannot, the form sends the file and the server compares.
"use strict";

const MOST = 25 * 1024 * 1024;
const form = document.querySelector("form[data-same-file]");
if (form && globalThis.crypto?.subtle) {
  const known = form.dataset.sameFile.split(" ").filter(Boolean);
  const words = form.querySelector("[data-words]");
  const field = form.querySelector("input[type=file]");
  const say = (text, mark) => {
    words.textContent = text;
    for (const one of form.querySelectorAll("[data-mark]")) one.hidden = one.dataset.mark !== mark;
  };
  const compare = async (file) => {
    if (!file) return say("Choose the file first.", "failed");
    if (file.size > MOST) return say("This file is too large: at most 25 MB.", "failed");
    say("Comparing…", "");
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
    if (known.includes(hex)) say("The open evidence is the file that was assessed.", "passed");
    else say(`${file.name} is not the file that was assessed.`, "failed");
  };
  field.addEventListener("change", () => compare(field.files[0]));
  form.addEventListener("submit", (event) => { event.preventDefault(); compare(field.files[0]); });
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", (event) => { event.preventDefault(); compare(event.dataTransfer.files[0]); });
}
