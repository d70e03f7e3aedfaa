"""How views look: the labels in them, and the templates they are made with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import CodeType
from typing import Any, Final

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    ChoiceLoader,
    Environment,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.bccache import Bucket
from jinja2.compiler import generate
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from errorbook.problems import Place, Problem
from errorbook.site.cells import Cells
from errorbook.site.labels import DEFAULT_LABELS, Labels, UnknownLabelError
from errorbook.site.markup import breakable, code_html
from errorbook.site.rendering import Html, without_marks

SUFFIX: Final = ".html.jinja"
OURS: Final = "errorbook"
"""What leads to a template of ours from one of the same name, as in ``errorbook/codes…``."""
_MACROS: Final = (("m", "macros"), ("p", "parts"))


class BrokenTemplateError(Exception):
    """A site's own template cannot be rendered; ``problem`` says where and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True)
class OwnTemplate:
    """A template that a site has in place of ours: its text, and what problems call the file."""

    text: str
    path: str


class Look:
    """The labels and templates of a site; ``templates`` are its own, by file name."""

    def __init__(
        self,
        labels: Labels = DEFAULT_LABELS,
        templates: Mapping[str, OwnTemplate] | None = None,
    ) -> None:
        self.labels = labels
        self.cells = Cells(labels)
        self._own = templates or {}
        self._compiled: dict[str, Template] = {}

    def render(self, template: str, **values: Any) -> Html:
        """Return the template of that name, filled with ``values``; their texts stay texts.

        Raises:
            BrokenTemplateError: if the site has templates of its own and one cannot be rendered.
        """
        try:
            return Html(without_marks(self._template(template).render(**values)))
        except Exception as error:
            if not self._own:
                raise
            raise BrokenTemplateError(self._told(error, template + SUFFIX)) from error

    def has(self, template: str) -> bool:
        """Tell whether the site has a template of its own of that name."""
        return template + SUFFIX in self._own

    def problems(self) -> list[Problem]:
        """Return what is wrong with the site's own templates, as far as it shows unrendered."""
        found = []
        for name, own in self._own.items():
            try:
                tree = self._environment.parse(own.text, name, own.path)
                generate(tree, self._environment, name, own.path)
            except TemplateSyntaxError as error:
                found.append(_syntax(error, own))
        return found

    def _template(self, name: str) -> Template:
        if name not in self._compiled:
            self._compiled[name] = self._prepared.get_template(name + SUFFIX)
        return self._compiled[name]

    @cached_property
    def _environment(self) -> Environment:
        package = PackageLoader("errorbook.site")
        own = [_OwnLoader(self._own), PrefixLoader({OURS: package})] if self._own else []
        kind = ImmutableSandboxedEnvironment if self._own else Environment
        environment = kind(
            loader=ChoiceLoader([*own, package]),
            bytecode_cache=_KEPT[kind],
            undefined=StrictUndefined,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=True,
        )
        environment.globals.update(self.cells.by_name)
        environment.globals["label"] = self._label
        environment.filters["breakable"] = breakable
        environment.filters["code"] = code_html
        return environment

    @cached_property
    def _prepared(self) -> Environment:
        """The environment with its macros, imported once rather than by each rendering."""
        for name, macros in _MACROS:
            template = self._environment.get_template(macros + SUFFIX)
            self._environment.globals[name] = template.module
        return self._environment

    def _label(self, key: str, **values: object) -> Markup:
        try:
            return self.labels.html(key, **values)
        except UnknownLabelError as error:
            raise UndefinedError(str(error)) from None

    def _told(self, error: Exception, name: str) -> Problem:
        """Return what is wrong, at the last line of a template of the site's own."""
        if isinstance(error, TemplateSyntaxError) and (error.name or "") in self._own:
            return _syntax(error, self._own[error.name or ""])
        paths = {own.path for own in self._own.values()}
        own = self._own.get(name)
        place = Place(own.path if own else f"{OURS}/{name}")
        trace = error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code.co_filename in paths:
                place = Place(trace.tb_frame.f_code.co_filename, trace.tb_lineno)
            trace = trace.tb_next
        message = str(error) or type(error).__name__
        if isinstance(error, TemplateNotFound):
            message = f"there is no template {error}"
        elif not isinstance(error, UndefinedError):
            message = f"{type(error).__name__}: {message}"
        return _problem(place, message)


class _Kept(BytecodeCache):
    """The code of each template as it was last compiled.

    Every build reads its site's look anew, and compiling took most of the time of a small one.
    """

    def __init__(self) -> None:
        self._code: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Hand out the code, if it was made of the same text."""
        known = self._code.get(bucket.key)
        if known is not None and known[0] == bucket.checksum:
            bucket.code = known[1]

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code in place of any that was made of a former text."""
        if bucket.code is not None:
            self._code[bucket.key] = bucket.checksum, bucket.code


_KEPT: Final[Mapping[type[Environment], BytecodeCache]] = {
    Environment: _Kept(),
    ImmutableSandboxedEnvironment: _Kept(),
}
"""What is compiled for a sandbox guards what it calls, and so is no good outside, or vice versa."""

DEFAULT_LOOK: Final = Look()


class _OwnLoader(BaseLoader):
    """Gives the templates that were read, each with what problems call its file."""

    def __init__(self, own: Mapping[str, OwnTemplate]) -> None:
        self._own = own

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:
        """Return one of them."""
        if template not in self._own:
            raise TemplateNotFound(template)
        return self._own[template].text, self._own[template].path, None


def _syntax(error: TemplateSyntaxError, own: OwnTemplate) -> Problem:
    return _problem(Place(own.path, error.lineno), error.message or "it is no template")


def _problem(place: Place, message: str) -> Problem:
    hint = "the page on overrides lists what each template is given"
    return Problem("broken-template", place, message, hint)
