// The block in the editor: a frame with the tool itself, and two choices beside it.
(function (wp, data) {
  "use strict";
  const { createElement: h, Fragment } = wp.element;
  const { InspectorControls, useBlockProps } = wp.blockEditor;
  const { PanelBody, TextControl, ToggleControl, ExternalLink } = wp.components;
  const { words } = data;

  // An empty field is the usual height; what is not a number in range is set right when the field is left.
  const height = (text) => {
    const number = Number.parseInt(text, 10);
    return Number.isNaN(number) ? undefined : Math.min(Math.max(number, 0), 2000);
  };

  function Edit({ attributes, setAttributes }) {
    const source = data.preview + (attributes.link ? "&link=1" : "");
    const pixels = attributes.link ? 80 : 640;
    return h(
      Fragment,
      null,
      h(
        InspectorControls,
        null,
        h(
          PanelBody,
          { title: words.panel },
          h(ToggleControl, {
            label: words.link, checked: attributes.link, __nextHasNoMarginBottom: true,
            onChange: (link) => setAttributes({ link }),
          }),
          h(TextControl, {
            label: words.height, type: "number", min: 400, max: 2000, placeholder: "720", value: attributes.height ?? "",
            __next40pxDefaultSize: true, __nextHasNoMarginBottom: true,
            onChange: (text) => setAttributes({ height: height(text) }),
          }),
          data.settings && h(ExternalLink, { href: data.settings }, words.settings),
        ),
      ),
      // A press on the frame would go into it, and the block could not be chosen.
      h("div", useBlockProps(), h("iframe", {
        key: source, src: source, title: words.preview, tabIndex: -1,
        style: { display: "block", width: "100%", height: pixels, border: 0, pointerEvents: "none" },
      })),
    );
  }

  wp.blocks.registerBlockType("consult-ready/tool", { edit: Edit, save: () => null });
})(window.wp, window.consultReadyEditor);
