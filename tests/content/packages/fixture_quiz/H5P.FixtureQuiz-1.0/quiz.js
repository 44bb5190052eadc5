/** One question with one right answer: the least content type that is scored, keeps its state and says what happened. */
var H5P = H5P || {};

H5P.FixtureQuiz = (function (EventDispatcher, FixtureMarks) {
  var quizzes = 0;

  /**
   * @param {Object} params question (HTML), answers [{text, correct}], behaviour, checkAnswer, retry.
   * @param {number|string} contentId
   * @param {Object} [extras] previousState {picked}, as getCurrentState gave it.
   */
  function FixtureQuiz(params, contentId, extras) {
    EventDispatcher.call(this);
    this.contentId = contentId;
    this.params = params;
    this.behaviour = Object.assign({enableRetry: true, weight: 1}, params.behaviour);
    this.answers = params.answers || [];
    this.subContentId = extras && extras.subContentId;
    this.name = "fixture-quiz-" + (quizzes += 1);
    this.picked = null;
    this.isChecked = false;
    var before = extras && extras.previousState;
    if (before && this.answers[before.picked]) {
      this.picked = before.picked;
    }
  }

  FixtureQuiz.prototype = Object.create(EventDispatcher.prototype);
  FixtureQuiz.prototype.constructor = FixtureQuiz;

  /** Draw the question into the place that the core gives. */
  FixtureQuiz.prototype.attach = function ($container) {
    var self = this;
    var root = $container.get ? $container.get(0) : $container;
    root.classList.add("h5p-fixture-quiz");
    var set = document.createElement("fieldset");
    var legend = document.createElement("legend");
    legend.innerHTML = this.params.question;
    set.appendChild(legend);
    if (this.params.picture) {
      var image = document.createElement("img");
      image.src = H5P.getPath(this.params.picture.path, this.contentId);
      image.alt = "";
      set.appendChild(image);
    }
    this.inputs = this.answers.map(function (answer, index) {
      var label = document.createElement("label");
      var input = document.createElement("input");
      input.type = "radio";
      input.name = self.name;
      input.value = index;
      input.checked = index === self.picked;
      input.addEventListener("change", function () { self.pick(index); });
      var text = document.createElement("span");
      text.innerHTML = answer.text;
      label.append(input, text);
      set.appendChild(label);
      return input;
    });
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.addEventListener("click", function () {
      if (self.isChecked) { self.resetTask(); } else { self.check(); }
    });
    this.said = document.createElement("p");
    this.said.setAttribute("role", "status");
    root.append(set, this.button, this.said);
    this.draw();
    this.trigger("resize");
  };

  FixtureQuiz.prototype.pick = function (index) {
    this.picked = index;
    this.draw();
    this.triggerXAPI("interacted");
  };

  FixtureQuiz.prototype.check = function () {
    if (this.picked === null) { return; }
    this.isChecked = true;
    this.draw();
    this.trigger(this.answered());
    this.trigger("resize");
  };

  FixtureQuiz.prototype.draw = function () {
    if (!this.button) { return; }
    var self = this;
    this.inputs.forEach(function (input, index) {
      input.checked = index === self.picked;
      input.disabled = self.isChecked;
    });
    this.button.textContent = this.isChecked ? this.params.retry || "Try again" : this.params.checkAnswer || "Check";
    this.button.disabled = this.picked === null;
    this.button.hidden = this.isChecked && !this.behaviour.enableRetry;
    this.said.textContent = this.isChecked ? FixtureMarks.say(this.getScore(), this.getMaxScore()) : "";
  };

  /** The statement that the question was answered, with the index of the answer as its response. */
  FixtureQuiz.prototype.answered = function () {
    var event = this.createXAPIEventTemplate("answered");
    var object = event.data.statement.object;
    object.definition = Object.assign(object.definition || {}, {
      type: "http://adlnet.gov/expapi/activities/cmi.interaction",
      interactionType: "choice",
      description: {"en-US": FixtureMarks.plain(this.params.question)},
      choices: this.answers.map(function (answer, index) {
        return {id: String(index), description: {"en-US": FixtureMarks.plain(answer.text)}};
      }),
      correctResponsesPattern: [this.answers.findIndex(function (answer) { return answer.correct; }).toString()]
    });
    event.setScoredResult(this.getScore(), this.getMaxScore(), this, true, this.getScore() === this.getMaxScore());
    event.data.statement.result.response = this.picked === null ? "" : String(this.picked);
    return event;
  };

  FixtureQuiz.prototype.getXAPIData = function () { return {statement: this.answered().data.statement}; };
  FixtureQuiz.prototype.getCurrentState = function () { return this.picked === null ? {} : {picked: this.picked}; };
  FixtureQuiz.prototype.getAnswerGiven = function () { return this.picked !== null; };
  FixtureQuiz.prototype.getMaxScore = function () { return this.behaviour.weight; };
  FixtureQuiz.prototype.getScore = function () {
    return this.picked !== null && this.answers[this.picked].correct ? this.behaviour.weight : 0;
  };
  FixtureQuiz.prototype.getTitle = function () { return FixtureMarks.plain(this.params.question); };

  FixtureQuiz.prototype.showSolutions = function () {
    this.picked = this.answers.findIndex(function (answer) { return answer.correct; });
    this.isChecked = true;
    this.draw();
  };

  FixtureQuiz.prototype.resetTask = function () {
    this.picked = null;
    this.isChecked = false;
    this.draw();
    if (this.inputs && this.inputs[0]) { this.inputs[0].focus(); }
  };

  return FixtureQuiz;
})(H5P.EventDispatcher, H5P.FixtureMarks);
