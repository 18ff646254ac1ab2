"""What others wrote and we ship is exactly what they published, with its licence."""

import hashlib
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "portal" / "static"

# SHA-384 of the files as published: htmx.org 2.0.11, then the fonts as Fontsource (woff2) and Expo (ttf) ship them.
PUBLISHED = {
    "fonts/AtkinsonHyperlegibleNext-Bold.ttf": (
        "80b55daa7fe98f2b09f70a5588f54846df60ec3de08649750c8d430533c311eae250e0cbf2a06b93ef4faba10b4cccbc"
    ),
    "fonts/AtkinsonHyperlegibleNext-Italic.ttf": (
        "3f58ac5cc7fc79385b7f281ef1eb8a39056647ca9c3fc2d798e303719dcfa8eb43282789376c38e81c86956c2ef03840"
    ),
    "fonts/AtkinsonHyperlegibleNext-Regular.ttf": (
        "aaadd3f411ba8f3ac44b3c3cbcaf061dffacaebc95024e8000c324a2ba97468cd73095c7a6b9f327864059b028ae48d4"
    ),
    "fonts/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2": (
        "76a82313cdf81e72986ace04eea1cb4e00e1be2b05e4d46c441f512f0766ffba96267da9656adae004debf939270e1fc"
    ),
    "fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2": (
        "b6bc317c978b6ca2575c21637d66958c06abf9461e51942dd4b4a4428f8559d4233ebf4d578f6ee470d6d9381f9f2f69"
    ),
    "fonts/noto-sans-vietnamese-400-normal.woff2": (
        "753fc165c12d38ddbb0d20d8347614ee9e9197cc56446aa6500e0969f01e40c47aab8a25f4bcfe3cfcf1887f5d77ec4d"
    ),
    "fonts/noto-sans-vietnamese-700-normal.woff2": (
        "7d53f5bf8ed67ad68fdb8f9d68b498cb88f1424607075b099db1e47e046b8551d0e5700b81d28d3b974bee861b1d898e"
    ),
    "vendor/htmx-2.0.11.min.js": (
        "d8e6adcd0cb51fe65dfc822b8ebd5372e0c6a8b5de1e16e8a00c8963529d40c2a7af82d9db6937d4604b7582879958e0"
    ),
}

LICENCES = {
    "vendor/htmx-LICENSE.txt": "Zero-Clause BSD",
    "fonts/atkinson-OFL.txt": "SIL OPEN FONT LICENSE",
    "fonts/noto-sans-OFL.txt": "SIL OPEN FONT LICENSE",
    "icons-LICENSE.txt": "MIT License",
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_vendored_file_is_as_published(name):
    assert hashlib.sha384((STATIC / name).read_bytes()).hexdigest() == PUBLISHED[name]


def test_no_vendored_file_escapes_the_list():
    shipped = {
        str(path.relative_to(STATIC))
        for pattern in ("vendor/*.js", "fonts/*.woff2", "fonts/*.ttf")
        for path in STATIC.glob(pattern)
    }
    assert shipped == set(PUBLISHED)


@pytest.mark.parametrize("name", LICENCES)
def test_each_licence_travels_with_its_files(name):
    assert LICENCES[name] in (STATIC / name).read_text("utf-8")
