/**
 * Errors as Node prints them: a head, frames, and properties in braces. Frames, properties and the
 * source above a head may name any error, so nobody reads their words.
 *
 * @import {Json} from '../types.js'
 */

import {LONGEST, readInspected} from './inspected.js';

/**
 * An error that was printed: where its head may stand, what its properties say, where the error
 * stands that it was made for, and whether it is as its class made it, whose code is then in head or
 * properties.
 * @typedef {object} Stack
 * @property {number} from
 * @property {number} to
 * @property {Map<string, Json>} facts
 * @property {{from: number, to: number}} causes
 * @property {boolean} isWhole
 */
/** @typedef {{from: number, to: number, words: string, column: number}} Line */
/**
 * Properties that are being read.
 * @typedef {object} Block
 * @property {Stack} stack
 * @property {number} column
 * @property {string} key
 * @property {string[]} value
 * @property {number} size
 */

/** Errors within errors that are told apart. */
const DEEPEST = 64;
const COLOUR = /\x1b\[[\d;]*m/g;
/** What containers, services and those that run several commands put before a line. */
const PREFIX = /^(?:\[[a-z\d][\w./-]{0,80}\] |\w[\w.|: -]{0,90}\| ?|> )?(?:(?:\d{4}-\d\d-\d\dT[\d:.]{8,18}(?:Z|[+-]\d\d:?\d\d)|[A-Z][a-z]{2} [ \d]\d [\d:]{8}) (?:[\w. -]{1,90}\[[\w.]{1,20}\]: )?)?(?:std(?:out|err) [FP] )?[ \t]*/u;
const FRAME = /^(?:at |\u276f )|^\.\.\. \d+ lines matching /;
const PLACE = /(?::\d+:\d+|<anonymous>|native|index \d+|stack trace \.\.\.)\)?,?( \{)?$/;
/** As Firefox and Safari print one. */
const OTHER_FRAME = /^[^ \t\n\r\f\v@]{0,200}(?:@|(?:^| )\w{4,8}:\/\/)[^ \t\n\r\f\v]{1,1000}:\d+$/u;
/** Stands between the frames of an error and those of what emitted it, behind which it goes on. */
const MORE_FRAMES = /^Emitted '.* at:$/s;
const KEY = /^(?:(\[\w+\])|([\w$]+|'[^']{1,200}')): /u;
const LOCATION = /^(?:file:\/|node:|[A-Za-z]:|\/)[^\n]*:\d+$/;
const CODE_FRAME = /^(?:\d+ *)?\| *\^/;
const CODE_IS_SHOWN = /^[ \t]*(?:\d+ *)?\| *\^/m;
const WANTED = ['code', 'status', 'requestId', 'retryAfter', 'details'];

/**
 * Returns the errors that Node printed, and where lines stand that name none.
 * @param {string} text
 */
export function stacksOf(text) {
  if (!/at |:\/\/|\] \{|[@^\u276f]/.test(text)) return {stacks: [], covered: []};
  const reader = new StackReader(CODE_IS_SHOWN.test(text.replace(COLOUR, '')));
  let from = 0;
  for (const line of text.split('\n')) {
    reader.read(lineAt(from, line));
    from += line.length + 1;
  }
  reader.close(from);
  return {stacks: reader.stacks, covered: joined(reader.covered)};
}

/**
 * Returns lines that follow each other as one.
 * @param {{from: number, to: number}[]} lines
 */
function joined(lines) {
  /** @type {{from: number, to: number}[]} */
  const found = [];
  for (const {from, to} of lines.sort((one, other) => one.from - other.from)) {
    const last = found[found.length - 1];
    if (last && from <= last.to + 1) last.to = Math.max(to, last.to);
    else found.push({from, to});
  }
  return found;
}

/** Reads line by line, and keeps what is open. */
class StackReader {
  /** @type {Stack[]} */
  stacks = [];
  /** @type {{from: number, to: number}[]} */
  covered = [];
  /** @type {Block[]} */
  #blocks = [];
  #isCodeShown;
  #head = 0;
  #isInFrames = false;
  /** @type {Line[]} */
  #last = [];

  /** @param {boolean} isCodeShown */
  constructor(isCodeShown) {
    this.#isCodeShown = isCodeShown;
  }

  /** @param {Line} line */
  read(line) {
    const wasInFrames = this.#isInFrames;
    this.#isInFrames = isFrame(line.words);
    if (!line.words) this.#head = line.to + 1;
    else if (this.#isInFrames) this.#readFrame(line, wasInFrames);
    else if (wasInFrames && MORE_FRAMES.test(line.words)) {
      this.#isInFrames = true;
      this.#cover(line);
    }
    else {
      while (this.#blocks.length && !isWithin(line, this.#blocks[this.#blocks.length - 1])) {
        this.#pop(line.from);
      }
      if (this.#blocks.length) this.#readProperty(line);
      else if (!this.#readSource(line)) this.#openBracketed(line);
    }
    this.#last = [...this.#last.slice(-1), line];
  }

  /** @param {number} end */
  close(end) {
    while (this.#blocks.length) this.#pop(end);
  }

  /** @param {Line} line */
  #cover({from, to}) {
    this.covered.push({from, to});
    this.#head = to + 1;
  }

  /**
   * @param {Line} line
   * @param {boolean} wasInFrames
   */
  #readFrame(line, wasInFrames) {
    if (!wasInFrames) {
      const before = this.#last[this.#last.length - 1];
      const last = this.covered[this.covered.length - 1];
      if (this.#blocks.length && before && last?.from === before.from) {
        // What was taken for a value is the head of an error.
        this.covered.pop();
        this.#head = before.from;
      }
      // Browsers show an error by name and message, whatever its stack begins with.
      this.#push(this.#head, line.from, line.words.startsWith('at ') && !/[^e]:\/\//.test(line.words));
    }
    this.#cover(line);
    if (line.words.endsWith(' {')) this.#open(line.column - 4);
  }

  /**
   * @param {number} from
   * @param {number} to
   * @param {boolean} isWhole
   */
  #push(from, to, isWhole) {
    this.stacks.push({from, to, facts: new Map(), causes: {from: 0, to: 0}, isWhole});
  }

  /** @param {number} column */
  #open(column) {
    const stack = this.stacks[this.stacks.length - 1];
    if (this.#blocks.length < DEEPEST) this.#blocks.push({stack, column, key: '', value: [], size: 0});
  }

  /**
   * Reads the head of an error that has no frames.
   * @param {Line} line
   */
  #openBracketed({from, to, words, column}) {
    if (words.startsWith('[')) this.#head = from;
    if (!words.endsWith('] {')) return;
    this.#push(from, to, false);
    this.#open(column);
  }

  /** @param {Line} line */
  #readProperty(line) {
    const block = this.#blocks[this.#blocks.length - 1];
    const {from, words, column} = line;
    if (column === block.column) {
      this.#cover(line);
      this.#pop(from);
      return;
    }
    const [lead, inner, name = ''] = column === block.column + 2 && KEY.exec(words) || [];
    if (lead) {
      this.#flush(block);
      block.key = name;
      if (inner === '[cause]') block.stack.causes = {from, to: from};
    }
    if (block.key) {
      const said = words.slice(lead?.length ?? 0);
      if (block.size <= LONGEST) block.value.push(said);
      block.size += said.length + 1;
      this.#cover(line);
    } else {
      this.#head = from;
      this.#openBracketed(line);
    }
  }

  /** @param {Block} block */
  #flush(block) {
    const {stack: {facts, causes}, key, value} = block;
    if (WANTED.includes(key)) {
      const read = readInspected(value.join('\n'));
      if (read !== null) facts.set(key, read);
    }
    if (causes.from === causes.to && causes.from) causes.to = this.#head;
    Object.assign(block, {key: '', value: [], size: 0});
  }

  /** @param {number} end */
  #pop(end) {
    const block = this.#blocks.pop();
    this.#head = Math.max(this.#head, end);
    if (block) this.#flush(block);
  }

  /**
   * Leaves out source code that stands above the head of an error, or below it.
   * @param {Line} line
   */
  #readSource(line) {
    const {words} = line;
    if (this.#isCodeShown && (/^(?:> )?\d+ ?\|/.test(words) || CODE_FRAME.test(words))) {
      this.#cover(line);
      return true;
    }
    if (!/^\^+$/.test(words) || !this.#last.length) return false;
    const above = this.#last.slice(0, -1).filter((one) => LOCATION.test(one.words));
    for (const one of [...above, ...this.#last.slice(-1), line]) this.#cover(one);
    return true;
  }
}

/**
 * @param {number} from
 * @param {string} text
 * @returns {Line}
 */
function lineAt(from, text) {
  const plain = text.replace(COLOUR, '').replace(/\r$/, '');
  const column = PREFIX.exec(plain)?.[0].length ?? 0;
  return {from, to: from + text.length, words: plain.slice(column), column};
}

/** @param {string} words */
function isFrame(words) {
  if (FRAME.test(words)) return words[0] === '\u276f' || PLACE.test(words.slice(-40));
  return OTHER_FRAME.test(words);
}

/**
 * @param {Line} line
 * @param {Block} block
 */
function isWithin({column, words}, block) {
  return column === block.column ? words[0] === '}' : column > block.column;
}
