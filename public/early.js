// Runs before anything else in the file. Plain old JavaScript, so that it also runs where the rest can't.
(function () {
  var root = document.documentElement;
  root.className = "js";

  // A policy refuses fetches, beacons, images, sockets and posts, but not WebRTC: take it away.
  ["RTCPeerConnection", "webkitRTCPeerConnection", "mozRTCPeerConnection", "RTCDataChannel", "RTCIceGatherer", "WebTransport"].forEach(function (name) {
    try {
      delete window[name];
      Object.defineProperty(window, name, { value: undefined, writable: false, configurable: false });
    } catch (e) { /* It was never there. */ }
  });

  // The static fallback: clinic phone, crisis lines, a form to print.
  window.consultReadyFailed = function () {
    root.className = "js failed";
  };
  // A browser that can't even read the next script ends here.
  window.addEventListener("error", function (event) {
    if (root.className === "js" && event.error instanceof SyntaxError) window.consultReadyFailed();
  });
})();
