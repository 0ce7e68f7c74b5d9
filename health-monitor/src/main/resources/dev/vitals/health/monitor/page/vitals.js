// Makes the pages live: ages, zones, the stream of changed rows, keys. Every page works without it.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const kept = (key, value) => {
    try { return value === undefined ? localStorage.getItem(key) : localStorage.setItem(key, value); } catch { return null; }
  };

  // Theme: auto, light, dark.
  const themes = ["auto", "light", "dark"];
  const theme = (name) => {
    document.documentElement.dataset.theme = name;
    $("theme").textContent = name;
    kept("vitals-theme", name);
  };
  theme(themes.includes(kept("vitals-theme")) ? kept("vitals-theme") : "auto");
  $("theme").addEventListener("click", () => theme(themes[(themes.indexOf(document.documentElement.dataset.theme) + 1) % 3]));

  // Times: in UTC as they come, or in the zone of the reader, whose name is on the button.
  const pad = (n) => String(n).padStart(2, "0");
  const offset = new Date(document.querySelector("#live time").dateTime) - Date.now();
  const now = () => Date.now() + offset;
  let local = kept("vitals-zone") === "local";
  const shown = (date) => {
    const day = (d) => local ? `${d.getFullYear()}-${pad(d.getMonth() + 1)}-${pad(d.getDate())}` : d.toISOString().slice(0, 10);
    const time = local ? `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}` : date.toISOString().slice(11, 19);
    return day(date) === day(new Date(now())) ? time : `${day(date)} ${time}`;
  };
  const words = (millis) => {
    const s = Math.max(0, Math.floor(millis / 1000)), d = Math.floor(s / 86400), h = Math.floor(s / 3600) % 24, m = Math.floor(s / 60) % 60;
    if (d) return d + " d" + (h ? ` ${h} h` : "");
    if (h) return h + " h" + (m ? ` ${m} min` : "");
    return m ? m + " min" : s + " s";
  };
  const put = (element, text) => { if (element.textContent !== text) element.textContent = text; };
  const times = (root) => root.querySelectorAll("time").forEach((time) => {
    const date = new Date(time.dateTime);
    if (!isNaN(date)) put(time, time.closest(".dense") ? words(now() - date) : shown(date));
  });
  const zone = () => put($("zone"), local ? Intl.DateTimeFormat().resolvedOptions().timeZone : "UTC");
  $("zone").addEventListener("click", () => {
    local = !local;
    kept("vitals-zone", local ? "local" : "utc");
    zone();
    times(document);
  });
  zone();
  times(document);
  setInterval(() => document.hidden || times(document.querySelector("main")), 1000);

  // The stream: rows as they change, and the summary above them. It ends in hidden tabs, since a browser has few connections.
  const table = document.querySelector("#targets tbody");
  const id = (row) => row.cells[1].querySelector("a").textContent;
  const byId = new Map(table ? [...table.rows].map((row) => [id(row), row]) : []);
  const live = $("live");
  if ($("summary") || $("wall")) {
    let source = null, heard = Date.now(), asked = 0, told = 0, flips = [];
    // All rows in their order, which is that of the server: by state, app and instance.
    let ordered = table ? [...table.rows] : [], waiting = 0;
    const place = (row) => row.dataset.rank + " " + id(row).replace("/", " ");
    const order = () => {
      if (!$("reorder").hidden) {
        ordered.sort((a, b) => place(a) < place(b) ? -1 : 1);
        table.replaceChildren(...ordered);
        $("reorder").hidden = true;
        waiting = 0;
      }
    };
    // Moves the rows whose state has changed, one by one: a thousand rows are not laid out anew for one of them.
    const move = (rows) => {
      // Rows never jump under the pointer or the focus.
      if (table.matches(":hover") || table.contains(document.activeElement) || !$("reorder").hidden) {
        waiting += rows.length;
        put($("reorder"), `${waiting} changed: order again`);
        $("reorder").hidden = false;
        return;
      }
      const moved = new Set(rows);
      ordered = ordered.filter((row) => !moved.has(row));
      rows.forEach((row) => {
        let low = 0, high = ordered.length;
        while (low < high) {
          const middle = (low + high) >> 1;
          if (place(ordered[middle]) < place(row)) low = middle + 1; else high = middle;
        }
        table.insertBefore(row, ordered[low] || null);
        ordered.splice(low, 0, row);
      });
    };
    if (table) {
      $("reorder").addEventListener("click", order);
      table.addEventListener("mouseleave", () => table.contains(document.activeElement) || order());
    }
    const summary = () => {
      if (asked) return;
      asked = setTimeout(async () => {
        asked = 0;
        if ($("wall")) { location.reload(); return; }
        const answer = await fetch("/summary" + location.search).catch(() => null);
        if (answer && answer.ok) {
          const part = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("summary");
          if (part && !$("summary").contains(document.activeElement)) $("summary").replaceWith(part);
          times($("summary"));
        }
      }, 2000 + Math.random() * 2000);
    };
    const say = () => {
      if (!flips.length || Date.now() - told < 10000) return;
      const bad = flips.filter((state) => state !== "HEALTHY").length, good = flips.length - bad;
      put($("said"), [bad && `${bad} became worse or unknown`, good && `${good} became healthy`].filter(Boolean).join(", "));
      told = Date.now();
      flips = [];
    };
    const rows = (html) => {
      const box = document.createElement("template");
      box.innerHTML = "<table class=dense><tbody>" + html + "</tbody></table>";
      let changed = false;
      const flipped = [];
      box.content.querySelectorAll("tr").forEach((row) => {
        const old = byId.get(id(row));
        const flip = !old || old.dataset.rank !== row.dataset.rank;
        changed = changed || flip;
        if (!old) return;
        if (flip) { flipped.push(row); row.classList.add("new"); flips.push(row.querySelector(".state").textContent.trim()); }
        if (old.classList.contains("here")) row.classList.add("here");
        times(row);
        // A link that has the focus keeps it.
        const focused = old.contains(document.activeElement);
        old.replaceWith(row);
        ordered[ordered.indexOf(old)] = row;
        byId.set(id(row), row);
        if (focused) row.querySelector("a").focus({ preventScroll: true });
      });
      if (changed) summary();
      if (flipped.length) { move(flipped); say(); }
    };
    const alive = () => {
      heard = Date.now();
      live.className = "live on";
      put($("live-word"), "live, as of");
      live.querySelector("time").dateTime = new Date(now()).toISOString();
      times(live);
      document.body.classList.remove("stale");
    };
    const open = () => {
      source = new EventSource("/stream");
      source.onopen = alive;
      source.addEventListener("alive", alive);
      source.addEventListener("rows", (event) => { alive(); rows(event.data); });
      source.addEventListener("seen", (event) => {
        alive();
        event.data.split("\n").forEach((line) => {
          const [name, at] = line.split(" ");
          const age = byId.get(name)?.cells[4].querySelector("time");
          if (age) age.dateTime = new Date(at * 1000).toISOString();
        });
      });
      source.addEventListener("gone", (event) => {
        event.data.split("\n").forEach((name) => {
          byId.get(name)?.remove();
          ordered = ordered.filter((row) => row !== byId.get(name));
          byId.delete(name);
        });
        summary();
      });
    };
    const close = () => { source && source.close(); source = null; };
    let slept = false;
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) { close(); slept = true; } else if (slept) { location.reload(); }
    });
    if (!document.hidden) open();
    setInterval(() => {
      say();
      if (!document.hidden && Date.now() - heard > 25000) {
        live.className = "live late";
        put($("live-word"), "not live since");
        document.body.classList.add("stale");
      }
    }, 2000);
  }

  // Keys, unless somebody types or has switched them off.
  const keys = [["/", "Filter"], ["j, k", "Next row, row before"], ["Enter", "Open the row"], ["t", "Test the target"], ["s", "Silence the target"],
    ["g n", "Now"], ["g t", "Targets"], ["g h", "Hosts"], ["g g", "Gates"], ["g i", "Incidents"], ["g m", "Messages"], ["g s", "Silences"], ["?", "This help"]];
  const pages = { n: "/", t: "/#targets", h: "/hosts", g: "/gates", i: "/incidents", m: "/messages", s: "/silences" };
  // Buttons of a target's page; on another page the key leads there, and the button waits for Enter.
  const acts = { t: ["#test", "/test"], s: ["#silence", "/silences"] };
  const button = (path) => document.querySelector(`.acts.page form[action$="${path}"] button`);
  Object.values(acts).forEach(([hash, path]) => { if (location.hash === hash) button(path)?.focus(); });
  const help = () => {
    const dialog = document.createElement("dialog");
    dialog.setAttribute("aria-label", "Keys");
    const title = document.createElement("h2");
    title.textContent = "Keys";
    const list = document.createElement("dl");
    keys.forEach(([key, meaning]) => {
      const name = document.createElement("dt"), box = document.createElement("kbd"), text = document.createElement("dd");
      box.textContent = key; name.append(box); text.textContent = meaning; list.append(name, text);
    });
    const off = document.createElement("button"), done = document.createElement("button");
    off.textContent = kept("vitals-keys") === "off" ? "Switch keys on" : "Switch keys off";
    off.addEventListener("click", () => { kept("vitals-keys", kept("vitals-keys") === "off" ? "on" : "off"); dialog.close(); });
    done.textContent = "Close";
    done.addEventListener("click", () => dialog.close());
    const acts = document.createElement("p");
    acts.className = "acts";
    acts.append(done, off);
    dialog.append(title, list, acts);
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  };
  let go = false, at = -1;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, dialog")) return;
    if (event.key === "?") { help(); event.preventDefault(); return; }
    if (kept("vitals-keys") === "off") return;
    if (go) { go = false; if (pages[event.key]) location.href = pages[event.key]; return; }
    const list = table ? [...table.rows] : [];
    if (event.key === "/") { document.querySelector(".filter").focus(); event.preventDefault(); }
    else if (event.key === "g") go = true;
    else if ((event.key === "j" || event.key === "k") && list.length) {
      at = Math.max(0, Math.min(list.length - 1, at + (event.key === "j" ? 1 : -1)));
      list.forEach((row, i) => row.classList.toggle("here", i === at));
      list[at].querySelector("a").focus();
    } else if (acts[event.key]) {
      const [hash, path] = acts[event.key];
      const here = document.querySelector("#targets tr.here a");
      if (here) location.href = here.href + hash;
      else button(path)?.focus();
    }
  });
})();
