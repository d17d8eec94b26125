// SPDX-License-Identifier: GPL-2.0-or-later
// What makes dossier's search page quicker to use. Everything works without it.
"use strict";
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const say = text => { const said = $("#said"); if (said) said.textContent = text; };

  // Suggestions: a list below the box, by the combobox pattern of WAI-ARIA.
  function suggestions() {
    const box = $("#q"), form = box && box.form;
    if (!form) return;
    const list = document.createElement("ul");
    let at = -1, asked = "", timer = 0, request = null;
    list.id = "suggestions";
    list.className = "suggest";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Suggestions");
    box.parentNode.append(list);
    for (const [name, value] of Object.entries({role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false",
      "aria-controls": "suggestions"})) box.setAttribute(name, value);

    const close = () => {
      list.hidden = true;
      at = -1;
      box.setAttribute("aria-expanded", "false");
      box.removeAttribute("aria-activedescendant");
    };
    const select = to => {
      const items = [...list.children];
      at = to < -1 ? items.length - 1 : to >= items.length ? -1 : to;
      items.forEach((item, i) => item.setAttribute("aria-selected", i === at));
      if (at < 0) box.removeAttribute("aria-activedescendant");
      else box.setAttribute("aria-activedescendant", items[at].id);
    };
    const show = ([, texts, kinds, addresses]) => {
      list.replaceChildren(...texts.map((text, i) => {
        const item = document.createElement("li"), kind = document.createElement("small"), words = document.createElement("bdi");
        item.id = "suggestion" + i;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        words.textContent = text;
        kind.textContent = kinds[i] || "";
        item.append(words, kind);
        item.addEventListener("mousedown", event => { event.preventDefault(); go(addresses[i], text); });
        item.dataset.address = addresses[i] || "";
        return item;
      }));
      at = -1;
      list.hidden = !texts.length;
      box.setAttribute("aria-expanded", String(!list.hidden));
    };
    const go = (address, text) => {
      close();
      if (address && new URL(address, location.href).pathname.startsWith(form.getAttribute("action")))
        location.href = new URL(address).search;
      else { box.value = text; form.requestSubmit(); }
    };
    const ask = async () => {
      const typed = box.value.trim();
      if (typed === asked) return;
      asked = typed;
      if (request) request.abort();
      if (typed.length < 2) return close();
      request = new AbortController();
      const query = new URLSearchParams({q: typed}), db = $("[name=db]", form);
      if (db) query.set("db", db.value);
      try {
        const answer = await fetch(form.getAttribute("action") + "/suggest?" + query, {signal: request.signal});
        if (answer.ok && document.activeElement === box) show(await answer.json());
      } catch { /* typed on, or no network: no suggestions */ }
    };
    box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 120); });
    box.addEventListener("blur", close);
    box.addEventListener("keydown", event => {
      if (list.hidden || event.isComposing) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        select(at + (event.key === "ArrowDown" ? 1 : -1));
      } else if (event.key === "Escape") {
        event.preventDefault();
        close();
      } else if (event.key === "Enter" && at >= 0) {
        event.preventDefault();
        const item = list.children[at];
        go(item.dataset.address, item.firstChild.textContent);
      }
    });
  }

  // Beside the hits the facets are always in sight: say so to those who do not see them.
  const wide = matchMedia("(min-width: 56rem)");
  const unfold = () => { if (wide.matches) document.querySelectorAll(".refine").forEach(one => { one.open = true; }); };
  wide.addEventListener("change", unfold);

  // Keys: / to the box, j and k to the next and previous hit or match. They can be switched off (WCAG 2.1.4).
  const stored = () => { try { return localStorage.getItem("keys") !== "off"; } catch { return true; } };
  let keys = document.body.dataset.shortcuts !== "off" && stored(), here = -1;
  function keySwitch() {
    const place = $("#keys");
    if (!place || document.body.dataset.shortcuts === "off") return;
    const button = document.createElement("button");
    const label = () => {
      button.textContent = keys ? "Keys / j k are on: switch off" : "Keys / j k are off: switch on";
    };
    button.type = "button";
    button.addEventListener("click", () => {
      keys = !keys;
      try { localStorage.setItem("keys", keys ? "on" : "off"); } catch { /* not kept, then */ }
      label();
    });
    label();
    place.replaceChildren(button);
  }
  function hop(by) {
    const stops = [...document.querySelectorAll(".hit, .text mark[id]")];
    if (!stops.length) return;
    if (here >= 0 && stops[here]) stops[here].classList.remove("here");
    here = Math.max(0, Math.min(stops.length - 1, here + by));
    const stop = stops[here], link = $("a", stop);
    stop.classList.add("here");
    if (link) link.focus();
    else location.replace("#" + stop.id);
    stop.scrollIntoView({block: "center"});
  }
  document.addEventListener("keydown", event => {
    if (!keys || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    if (event.key === "/") { event.preventDefault(); $("#q").select(); $("#q").focus(); }
    else if (event.key === "j") hop(1);
    else if (event.key === "k") hop(-1);
  });

  // Facets, order and pages without loading the whole page anew.
  const partial = "details.refine a, .chips a, .tools a, .pages a, a.mean";
  async function swap(address, push) {
    document.body.classList.add("busy");
    try {
      const answer = await fetch(address, {headers: {Accept: "text/html"}});
      if (!answer.ok) throw new Error("status");
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = $(".columns"), next = $(".columns", page), open = $(".refine[open]");
      if (!now || !next || !$("#sum", page)) throw new Error("other page");
      if (open && $(".refine", next)) $(".refine", next).open = true;
      now.replaceWith(document.adoptNode(next));
      document.body.className = page.body.className;
      unfold();
      const kept = $("form.box"), fresh = $("form.box", page);
      kept.querySelectorAll("input[type=hidden]").forEach(input => input.remove());
      fresh.querySelectorAll("input[type=hidden]").forEach(input => kept.append(document.adoptNode(input)));
      $("#q").value = $("#q", page).value;
      document.title = page.title;
      if (push) history.pushState({swapped: true}, "", address);
      here = -1;
      say($("#sum").textContent);
    } catch { location.href = address; }
    document.body.classList.remove("busy");
  }
  document.addEventListener("click", event => {
    const link = event.target.closest && event.target.closest(partial);
    if (!link || !$("#sum") || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey ||
      event.altKey) return;
    const url = new URL(link.href);
    if (/[?&](format|id|name)=/.test(url.search) || url.origin !== location.origin) return;
    event.preventDefault();
    const paged = link.closest(".pages");
    swap(link.href, true).then(() => {
      const to = $("#main");
      if (paged && to) { to.focus(); to.scrollIntoView(); }
      else if (to && !document.activeElement.closest("main, details")) to.focus({preventScroll: true});
    });
  });
  addEventListener("popstate", event => { if (event.state && event.state.swapped || $("#sum")) swap(location.href, false); });
  if ($("#sum")) history.replaceState({swapped: true}, "");

  unfold();
  suggestions();
  keySwitch();
})();
