"""Form rendering."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Renders forms with the project's own templates, so that one file decides how a field looks."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
