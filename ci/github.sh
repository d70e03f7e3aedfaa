#!/usr/bin/env bash
# What action.yml runs: each command of COMMANDS, with annotations, a summary of the job, reports as
# files and, if COMMENT is "true", one comment on the pull request. Ends with the worst exit code.
#
# Everything that comes from outside arrives in variables and is never read as code.
set -uo pipefail

reports="$RUNNER_TEMP/errorbook-reports"
mkdir -p "$reports"

# Print the lines of $1 that are not empty: one word of a command each.
words() { sed 's/\r$//; s/^[[:space:]]*//; s/[[:space:]]*$//; /^$/d' <<<"$1"; }

# Bring the history that a comparison needs: the checkout of a job has but one commit.
fetch_history() {
  git rev-parse --git-dir >/dev/null 2>&1 || return 0
  if [ "$(git rev-parse --is-shallow-repository)" = true ]; then
    git fetch --quiet --unshallow --tags origin || echo "::warning title=errorbook::the history could not be fetched"
  fi
  if [ -n "${GITHUB_BASE_REF:-}" ]; then
    git fetch --quiet --no-tags origin "+refs/heads/$GITHUB_BASE_REF:refs/remotes/origin/$GITHUB_BASE_REF" ||
      echo "::warning title=errorbook::the branch that this is for could not be fetched"
  fi
}

# Say with what to compare where neither options nor errorbook.yaml do: in a pull request where it
# began, in a push what was there before.
baseline() {
  if [ -n "${GITHUB_BASE_REF:-}" ]; then
    export ERRORBOOK_AGAINST=merge-base ERRORBOOK_BRANCH="$GITHUB_BASE_REF"
  elif [ "${GITHUB_REF_TYPE:-}" = branch ] && [[ "${BEFORE:-}" =~ [1-9a-f] ]] && git cat-file -e "$BEFORE^{commit}" 2>/dev/null; then
    export ERRORBOOK_AGAINST="$BEFORE"
  fi
}

run() {
  local name="$1" given="$CHECK_OPTIONS" options=()
  [ "$name" = check ] || given="$DIFF_OPTIONS"
  mapfile -t options < <(words "$given")
  errorbook "$name" ${options[@]+"${options[@]}"} --format github \
    --format "markdown:$reports/$name.md" --format "json:$reports/$name.json" \
    --format "sarif:$reports/$name.sarif" --format "junit:$reports/$name.xml"
}

# Write the comment that begins with the same mark anew, if a bot has written one: whoever else wrote
# it could change it afterwards. Without one, only findings are worth it.
comment() {
  local name="$1" code="$2" mark comments self id
  mark="$(head -n 1 "$reports/$name.md")"
  comments="repos/$GITHUB_REPOSITORY/issues/$PULL_REQUEST/comments"
  self="$(gh api user --jq .login 2>/dev/null)" || self=""  # the token of a job is no user's
  id="$(MARK="$mark" SELF="$self" gh api --paginate "$comments" --jq '.[] | select((.user.type == "Bot" or .user.login == env.SELF) and (.body | startswith(env.MARK))) | .id' | head -n 1)" || return 1
  if [ -n "$id" ]; then
    gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id" -F "body=@$reports/$name.md"
  elif [ "$code" != 0 ]; then
    gh api --silent --method POST "$comments" -F "body=@$reports/$name.md"
  fi
}

if [ -z "${COMMANDS//[[:space:]]/}" ]; then
  echo "::error title=errorbook::commands is empty: it may be check and diff"
  exit 2
fi
worst=0
for name in $COMMANDS; do
  case "$name" in
    check) ;;
    diff)
      fetch_history
      baseline
      ;;
    *)
      echo "::error title=errorbook::commands may be check and diff"
      exit 2
      ;;
  esac
  rm -f "$reports/$name".*
  run "$name"
  code=$?
  [ "$code" -le "$worst" ] || worst=$code
  [ -s "$reports/$name.md" ] || continue
  cat "$reports/$name.md" >>"$GITHUB_STEP_SUMMARY"
  if [ "$COMMENT" = true ] && [ -n "${PULL_REQUEST:-}" ]; then
    comment "$name" "$code" || echo "::warning title=errorbook::the comment could not be written: does the job have pull-requests: write?"
  fi
done
printf 'exit-code=%s\nreports=%s\n' "$worst" "$reports" >>"$GITHUB_OUTPUT"
exit "$worst"
