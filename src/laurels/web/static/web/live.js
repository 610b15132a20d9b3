// Small comforts; every page works without them.
"use strict";

// A running job: look again every few seconds, and put the new state in place.
const live = document.querySelector("[data-live]");
if (live) {
  const again = async () => {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("#live");
      if (!fresh || !fresh.dataset.live) return location.reload();
      live.replaceChildren(...fresh.childNodes);
      document.title = page.title;
    } catch { /* the next try may do better */ }
    setTimeout(again, 1000 * Number(live.dataset.live));
  };
  setTimeout(again, 1000 * Number(live.dataset.live));
}

// The picture of a definition follows what is typed.
const picture = document.querySelector("img[data-wreath]");
const editor = document.getElementById("editor");
if (picture && editor) {
  let waiting;
  const names = ["short_title", "monogram", "icon", "colours", "contact_minutes", "practice_minutes", "independent_minutes"];
  const draw = () => {
    const given = new URLSearchParams();
    for (const name of names) given.set(name, editor.elements[name].value);
    for (const level of editor.querySelectorAll("select[name$='.level'], select[name$='-level']")) given.append("level", level.value);
    picture.src = `${picture.dataset.wreath}?${given}`;
  };
  editor.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(draw, 400); });
}
