"""Why a package is refused, in words for whoever sent it."""

from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError

# code -> what happened and what to do; nothing of a refused package is stored. %(where)s: the file inside it.
SENTENCES: Final[dict[str, str | Promise]] = {
    # The ZIP file
    "not_zip": _(
        "This file is no package: it does not begin as a ZIP file does. "
        "Nothing was stored. Export the activity again and send the file as your program saved it."
    ),
    "suffix_unknown": _(
        "The name of a package ends in .h5p or .zip, and this one's does not. "
        "Nothing was stored. Choose the file that your program exported."
    ),
    "package_too_big": _(
        "This package is too big; one may have %(megabytes)s MB. "
        "Nothing was stored. Make its videos, sounds and pictures smaller, or divide it, and send it again."
    ),
    "of_no_kind": _(
        "This ZIP file is neither an H5P activity (h5p.json) nor a SCORM package (imsmanifest.xml). Nothing was stored. "
        "Export the activity from your program as one of the two and send that file."
    ),
    "lost": _("The file that was sent is no longer there. Nothing was stored. Send it again."),
    "known": _(
        "This very file is here already, as version %(number)s of “%(title)s”. Nothing was stored. "
        "Use that one, or send the file that you meant."
    ),
    "other_kind": _(
        "The package that this file is for holds %(kind)s, and the file holds something else. Nothing was stored. "
        "Send it as a package of its own."
    ),
    "h5p_library_unknown": _(
        "This package needs libraries that it does not bring and that are not here: %(libraries)s. Nothing was stored. "
        "Export it again as a whole (with its libraries), or send such a package of the same kind first."
    ),
    "zip_broken": _(
        "This package is damaged: its list of files cannot be read. "
        "Nothing was stored. Perhaps it did not arrive whole. Send it again, or export it again first."
    ),
    "zip_too_large_form": _(
        "This package is packed in the form for very large files (ZIP64), which is not read here. "
        "Nothing was stored. Pack it as an ordinary ZIP file and send it again."
    ),
    "too_many_files": _(
        "This package holds too many files; one may have %(most)s. "
        "Nothing was stored. Divide it into several packages and send them one by one."
    ),
    "unpacked_too_big": _(
        "Unpacked, this package is too big; all its files together may have %(megabytes)s MB. "
        "Nothing was stored. Make its videos, sounds and pictures smaller, or divide it, and send it again."
    ),
    "records_overlap": _(
        "“%(where)s” shares its bytes with another file of the package, as no honest program packs it. "
        "Nothing was stored. Export the activity again and send the file as your program saved it."
    ),
    # One file of it
    "special_file": _(
        "“%(where)s” is no ordinary file but a link or a device. "
        "Nothing was stored. Replace it by the file itself, pack again and send the package."
    ),
    "file_locked": _(
        "“%(where)s” is locked with a password. Nothing was stored. Pack without a password and send the package again."
    ),
    "method_unknown": _(
        "“%(where)s” is packed by a method that is not read here. "
        "Nothing was stored. Pack it as an ordinary ZIP file (method “Deflate”) and send it again."
    ),
    "file_too_big": _(
        "“%(where)s” is too big; one file of a package may have %(megabytes)s MB. "
        "Nothing was stored. Make it smaller and send the package again."
    ),
    "file_too_long": _(
        "“%(where)s” is too long to be read; a file of its kind may have %(megabytes)s MB. "
        "Nothing was stored. Shorten it or divide the content, and send the package again."
    ),
    "ratio_too_high": _(
        "“%(where)s” unpacks to more than two hundred times its size, as only files made to do harm do. "
        "Nothing was stored. Take it out or save it anew, and send the package again."
    ),
    "file_damaged": _(
        "“%(where)s” is damaged: what unpacks is not what the package states. "
        "Nothing was stored. Export the activity again and send the file as your program saved it."
    ),
    # Names of files
    "name_not_unicode": _(
        "The name of the file “%(where)s” is not in Unicode. "
        "Nothing was stored. Give the file a name of Latin letters, pack again and send the package."
    ),
    "name_hidden_signs": _(
        "The name of the file “%(where)s” holds hidden signs that make it read as another. "
        "Nothing was stored. Rename the file, pack again and send the package."
    ),
    "name_leads_outside": _(
        "The path “%(where)s” could lead out of the package. "
        "Nothing was stored. Export the activity again and send the file as your program saved it."
    ),
    "name_too_deep": _(
        "“%(where)s” lies in too many folders; %(most)s are allowed. "
        "Nothing was stored. Move it up, pack again and send the package."
    ),
    "name_too_long": _(
        "The name “%(where)s” is too long; a part of it may have %(most)s bytes, some sixty Burmese letters. "
        "Nothing was stored. Shorten it, pack again and send the package."
    ),
    "name_ends_in_dot_or_space": _(
        "A part of the path “%(where)s” ends in a dot or a space, which some computers drop. "
        "Nothing was stored. Rename it, pack again and send the package."
    ),
    "name_twice": _(
        "“%(where)s” and “%(other)s” are different files that many computers take for one. "
        "Nothing was stored. Rename one of them, pack again and send the package."
    ),
    "file_and_folder": _(
        "“%(where)s” lies in a folder that is a file of the package at the same time. "
        "Nothing was stored. Export the activity again and send the file as your program saved it."
    ),
    "extension_refused": _(
        "“%(where)s”: files of the kind “%(extension)s” are not let in. "
        "Nothing was stored. Take the file out, or save it in another format, and send the package again."
    ),
    "html_refused": _(
        "“%(where)s” is a web page, which an H5P package may not hold: it could do what no one checked. "
        "Nothing was stored. Make the activity without it (not as “Iframe Embedder”) and send it again."
    ),
    "svg_in_content": _(
        "“%(where)s” is a drawing in SVG, which can hold programs and is not let in as content. "
        "Nothing was stored. Save it as PNG, put it into the activity, and send the package again."
    ),
    # JSON
    "json_not_utf8": _(
        "“%(where)s” is not in UTF-8. "
        "Nothing was stored. Export the activity again and send the file as your program saved it."
    ),
    "json_broken": _(
        "“%(where)s” is no sound JSON (line %(line)s). "
        "Nothing was stored. Export the activity again and send the file as your program saved it."
    ),
    "json_too_deep": _(
        "“%(where)s” is nested too deeply; %(most)s levels are allowed. "
        "Nothing was stored. Build the activity of fewer parts within parts and send it again."
    ),
    "json_number": _(
        "“%(where)s” holds a number that is too large or is none. "
        "Nothing was stored. Mend that number in the activity and send it again."
    ),
    "json_text": _(
        "“%(where)s” holds a text with signs that cannot be stored. "
        "Nothing was stored. Write that text anew in the activity and send it again."
    ),
    "json_name_twice": _(
        "“%(where)s” states “%(field)s” twice. "
        "Nothing was stored. Export the activity again and send the file as your program saved it."
    ),
    # H5P
    "h5p_json_missing": _(
        "This package holds no h5p.json, so it is no H5P activity. "
        "Nothing was stored. Export the activity again and send the file as your program saved it."
    ),
    "h5p_json_in_folder": _(
        "The package was packed with a folder around it: h5p.json lies at “%(where)s”. "
        "Nothing was stored. Pack what is in the folder, not the folder itself, and send it again."
    ),
    "content_json_missing": _(
        "This package holds no content/content.json, so there is nothing to play. "
        "Nothing was stored. Export the activity again and send the file as your program saved it."
    ),
    "h5p_json_field": _(
        "“%(where)s”: the field “%(field)s” is missing or not what H5P allows. "
        "Nothing was stored. Export the activity again and send the file as your program saved it."
    ),
    "library_json_missing": _(
        "The folder “%(where)s” holds no library.json, so it is no library. "
        "Nothing was stored. Take the folder out, or export the activity again, and send the package."
    ),
    "library_json_field": _(
        "“%(where)s”: the field “%(field)s” is missing or not what H5P allows. "
        "Nothing was stored. Take this library from where it is published, pack again and send the package."
    ),
    "library_folder_name": _(
        "The library in the folder “%(where)s” calls itself “%(name)s”. "
        "Nothing was stored. Give the folder that name, pack again and send the package."
    ),
    "library_twice": _(
        "The folder “%(where)s” brings the library %(library)s a second time. "
        "Nothing was stored. Take one of the two out, pack again and send the package."
    ),
    "library_file_missing": _(
        "“%(where)s” loads “%(file)s”, which is not in the package. "
        "Nothing was stored. Export the activity again and send the file as your program saved it."
    ),
    "core_api_too_new": _(
        "“%(where)s” needs H5P core %(theirs)s; here it is %(ours)s. "
        "Nothing was stored. Export the activity from an older program, or ask whoever runs the server to renew it."
    ),
    "semantics_broken": _(
        "“%(where)s” does not list fields as H5P does. "
        "Nothing was stored. Take this library from where it is published, pack again and send the package."
    ),
    "language_broken": _(
        "“%(where)s” is no file of translations, or is not named for a language. "
        "Nothing was stored. Take it out, pack again and send the package."
    ),
    "scripts_too_big": _(
        "The programs and styles of the libraries are too big; together they may have %(megabytes)s MB. "
        "Nothing was stored. Send only the libraries that the activity uses."
    ),
    "params_no_object": _(
        "“%(where)s” holds no content that H5P can read. "
        "Nothing was stored. Export the activity again and send the file as your program saved it."
    ),
    "params_too_large": _(
        "“%(where)s” grows too large when it is checked against its libraries. "
        "Nothing was stored. Divide the activity into several and send them one by one."
    ),
    "text_too_long": _(
        "“%(where)s” holds a text of more than %(letters)s letters. "
        "Nothing was stored. Divide that text in the activity and send it again."
    ),
    "media_path": _(
        "“%(where)s” names the file “%(path)s”, which is neither in the package nor an address by http or https. "
        "Nothing was stored. Put the file into the activity anew and send it again."
    ),
    # SCORM packages.
    "scorm_no_manifest": _(
        "This file holds no SCORM course: imsmanifest.xml is missing. Nothing was stored. "
        "Export the course again as SCORM 1.2 or SCORM 2004 and send the ZIP file as your program saved it."
    ),
    "scorm_manifest_deep": _(
        "The manifest lies too deep, at %(where)s, or other files lie beside its folder. Nothing was stored. "
        "Pack the course again so that imsmanifest.xml is at the top, and send it."
    ),
    "scorm_manifest_too_long": _(
        "%(where)s is too long; %(megabytes)s MB are allowed. Nothing was stored. "
        "Export the course in smaller parts and send them one by one."
    ),
    "scorm_manifest_too_large": _(
        "%(where)s has too many elements, or they lie too deep in one another; %(most)s elements and %(depth)s levels are "
        "allowed. Nothing was stored. Export the course in smaller parts and send them one by one."
    ),
    "scorm_manifest_doctype": _(
        "%(where)s declares a document type (DOCTYPE), which is not let in. Nothing was stored. "
        "Take that line out, pack the course again and send it."
    ),
    "scorm_manifest_broken": _(
        "%(where)s is no sound XML; the fault is near line %(line)s. Nothing was stored. "
        "Export the course again and send the ZIP file as your program saved it."
    ),
    "scorm_version_unknown": _(
        "The manifest does not say that this is SCORM 1.2 or SCORM 2004; it says: %(version)s. Nothing was stored. "
        "Export the course again as one of the two and send it."
    ),
    "scorm_link_outside": _(
        "The manifest has a link that leads out of the package: %(where)s. Nothing was stored. "
        "Export the course again with all its files inside it and send it."
    ),
    "scorm_link_odd": _(
        "The manifest has a link that cannot be the path of a file: %(where)s. Nothing was stored. "
        "Correct it in your program, export the course again and send it."
    ),
    "scorm_no_organisation": _(
        "The manifest lists no lessons and no entry pages. Nothing was stored. "
        "Export the course again as SCORM 1.2 or SCORM 2004 and send it."
    ),
    "scorm_nothing_to_open": _(
        "No part of the course can be opened: its pages are missing, lie on another server or need a plug-in. "
        "Nothing was stored. Export the course again for HTML5 with all its files inside it and send it."
    ),
    "scorm_too_many_items": _(
        "The course has too many parts; %(most)s are allowed. Nothing was stored. "
        "Export it as several courses and send them one by one."
    ),
    "scorm_items_too_deep": _(
        "The parts of the course lie too deep in one another; %(most)s levels are allowed. Nothing was stored. "
        "Make its outline flatter, export it again and send it."
    ),
    "scorm_identifier_twice": _(
        'Two parts of the course have the identifier "%(identifier)s". Nothing was stored. '
        "Give each an identifier of its own, export the course again and send it."
    ),
    "scorm_identifier_odd": _(
        "A part of the course has an identifier with hidden signs or more than %(most)s letters. Nothing was stored. "
        "Give it a shorter one, export the course again and send it."
    ),
    "scorm_program": _(
        "%(where)s is a program, which is not let in. Nothing was stored. "
        "Take it out, pack the course again and send it."
    ),
}


class PackageRefused(DomainError):
    """A package that is not let in. where: the file inside it, "" for the package as a whole; values: for the sentence."""

    code: str  # type: ignore[misc]  # one for each sentence

    def __init__(self, code: str, where: str = "", **values: Any) -> None:
        self.code, self.message, self.where = code, SENTENCES[code], where  # type: ignore[misc]
        super().__init__(where=where, **values)
