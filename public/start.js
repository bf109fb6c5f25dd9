// Shows the start screen in the visitor's language while the rest of the file arrives, and keeps a press until the app
// is there to act on it. Plain old JavaScript, so that it also runs where the rest can't.
(function () {
  var root = document.documentElement;
  var shell = document.getElementById("shell");
  var screens = [].slice.call(shell.querySelectorAll(".start"));
  var settings = {};
  var kept = false;
  try {
    settings = JSON.parse(document.getElementById("settings").textContent);
  } catch (e) { /* The app tells the clinic. */ }
  try {
    kept = Boolean(localStorage.getItem("consult-ready"));
  } catch (e) { /* Storage is blocked, so nothing is kept. */ }

  // The app begins elsewhere at a kiosk, with an address that names a screen, and where answers were kept.
  var plain = !kept && settings.kiosk !== "yes" && /^(#embed)?$/.test(location.hash) && !root.dataset.mode && !root.dataset.view;
  var offered = String(settings.languages || "").split(/[\s,]+/).filter(Boolean);
  var names = screens.map(function (screen) { return screen.getAttribute("data-start"); }).filter(function (name) {
    return name && (!offered.length || offered.indexOf(name) >= 0);
  });
  var wanted = (navigator.languages || []).map(function (name) { return name.slice(0, 2); });
  var lang = wanted.filter(function (name) { return names.indexOf(name) >= 0; })[0] || names[0];
  var shown = plain && lang ? lang : "";
  var screen;
  screens.forEach(function (each) {
    each.hidden = each.getAttribute("data-start") !== shown;
    if (!each.hidden) screen = each;
  });
  if (!shown || !screen) return;
  root.lang = shown;

  // The clinic's own parts, as the app has them.
  var flow = screen.querySelector(".flow");
  var mark = screen.querySelector(".mark");
  if (settings.clinic) mark.firstChild.textContent = settings.clinic;
  if (settings.logo) {
    var logo = document.createElement("img");
    logo.className = "mark-logo";
    logo.alt = "";
    logo.src = settings.logo;
    mark.insertBefore(logo, mark.firstChild);
  }
  if (settings.welcome) {
    var own = document.createElement("p");
    own.className = "own";
    own.appendChild(document.createElement("b")).textContent = flow.getAttribute("data-from");
    own.appendChild(document.createTextNode(" " + settings.welcome));
    flow.appendChild(own);
  }

  // What can be pressed stands in the same order here and in the app.
  var PRESSABLE = ".bar-btn, .menu > summary, .ways button";
  var here = [].slice.call(screen.querySelectorAll(PRESSABLE));
  var pressed = -1;
  screen.addEventListener("click", function (event) {
    here.forEach(function (each, i) {
      if (!each.contains(event.target)) return;
      event.preventDefault();
      pressed = i;
    });
    here.forEach(function (each, i) { each.setAttribute("aria-busy", String(i === pressed)); });
  });
  // Called once the app has drawn, in place of this screen: the focus moves along, and a press is carried out.
  window.consultReadyStart = function () {
    var focused = here.indexOf(document.activeElement);
    return function () {
      // The app's bar also holds what other screens show. Seen only now: until the app is shown nothing of it is.
      var there = [].slice.call(document.getElementById("app").querySelectorAll(PRESSABLE)).filter(function (each) {
        return each.getClientRects().length;
      });
      if (there[focused]) there[focused].focus();
      if (there[pressed]) there[pressed].click();
    };
  };
})();
