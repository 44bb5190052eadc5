/** How points are said, and markup is turned to text: what the quiz needs loaded before itself. */
var H5P = H5P || {};

H5P.FixtureMarks = {
  /** "1 / 1". */
  say: function (score, max) { return score + " / " + max; },

  /** The text of some HTML. */
  plain: function (html) {
    return new DOMParser().parseFromString(html || "", "text/html").body.textContent.trim();
  }
};
