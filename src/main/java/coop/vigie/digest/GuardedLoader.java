package coop.vigie.digest;

import freemarker.cache.TemplateLoader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses templates that would turn data into template code, or let HTML through unescaped. Freemarker has no setting
 * for these built-ins, and an innocent-looking override in the home's folder must not open that door.
 */
final class GuardedLoader implements TemplateLoader {

    private static final Pattern DANGEROUS = Pattern.compile(
            "\\?\\s*(eval|eval_json|interpret|new|api|no_esc)\\b|<#no_?auto_?esc|<#noescape", Pattern.CASE_INSENSITIVE);

    private final TemplateLoader loader;

    GuardedLoader(TemplateLoader loader) {
        this.loader = loader;
    }

    @Override
    public @Nullable Object findTemplateSource(String name) throws IOException {
        try {
            return loader.findTemplateSource(name);
        } catch (SecurityException e) {
            // A symbolic link that leads out of the folder.
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public long getLastModified(Object source) {
        return loader.getLastModified(source);
    }

    @Override
    public Reader getReader(Object source, String encoding) throws IOException {
        var text = new StringWriter();
        try (Reader reader = loader.getReader(source, encoding)) {
            reader.transferTo(text);
        }
        String template = text.toString();
        var found = DANGEROUS.matcher(template);
        if (found.find()) {
            String before = template.substring(0, found.start());
            int line = 1 + (int) before.chars().filter(each -> each == '\n').count();
            throw new Refused(found.group(), line, found.start() - before.lastIndexOf('\n'));
        }
        return new StringReader(template);
    }

    @Override
    public void closeTemplateSource(Object source) throws IOException {
        loader.closeTemplateSource(source);
    }

    /** Goes through Freemarker, which lets an {@link IOException} of its loader pass. */
    static final class Refused extends IOException {
        private final int line;
        private final int column;

        Refused(String what, int line, int column) {
            super("'" + what + "' is not allowed in a template");
            this.line = line;
            this.column = column;
        }

        int column() {
            return column;
        }

        int line() {
            return line;
        }
    }
}
