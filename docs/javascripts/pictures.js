// A picture that has a dark source follows the theme that the reader chose, which need not be the one of the system.
const follow = () => {
  const dark = document.body.dataset.mdColorScheme === "slate"
  for (const source of document.querySelectorAll("picture > source")) source.media = dark ? "all" : "not all"
}

new MutationObserver(follow).observe(document.body, { attributeFilter: ["data-md-color-scheme"] })
follow()
