package coop.vigie.newsletter;

import freemarker.core.HTMLOutputFormat;
import freemarker.core.TemplateHTMLOutputModel;
import freemarker.template.TemplateModelException;
import org.jspecify.annotations.Nullable;

/** What a template would print of markup. */
final class HtmlText {

    private HtmlText() {}

    static String of(@Nullable Object markup) throws TemplateModelException {
        return HTMLOutputFormat.INSTANCE
                .getMarkupString((TemplateHTMLOutputModel) markup)
                .strip();
    }
}
