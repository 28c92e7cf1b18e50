package coop.vigie.digest;

import freemarker.cache.ClassTemplateLoader;
import freemarker.cache.FileTemplateLoader;
import freemarker.cache.MultiTemplateLoader;
import freemarker.cache.TemplateLoader;
import freemarker.core.HTMLOutputFormat;
import freemarker.core.ParseException;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.SimpleObjectWrapper;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.TemplateModelException;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The mail's templates: those of the home's folder where it has them, else the built-in ones. Thread-safe.
 *
 * <p>They see maps, lists, strings and booleans only (a {@link SimpleObjectWrapper} knows nothing else), so there is no
 * Java object whose methods a template could call.
 */
final class Templates {

    private final Configuration configuration;

    Templates(@Nullable Path folder) {
        List<TemplateLoader> loaders = new ArrayList<>();
        if (folder != null && Files.isDirectory(folder)) {
            loaders.add(fromFolder(folder));
        }
        loaders.add(new ClassTemplateLoader(Templates.class, "/templates"));
        configuration = new Configuration(Configuration.VERSION_2_3_35);
        configuration.setTemplateLoader(
                new GuardedLoader(new MultiTemplateLoader(loaders.toArray(TemplateLoader[]::new))));
        configuration.setObjectWrapper(new SimpleObjectWrapper(Configuration.VERSION_2_3_35));
        configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        configuration.setAPIBuiltinEnabled(false);
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        configuration.setWrapUncheckedExceptions(true);
        configuration.setDefaultEncoding("UTF-8");
        configuration.setLocale(Locale.ROOT);
        configuration.setLocalizedLookup(false);
        configuration.setNumberFormat("computer");
    }

    private static TemplateLoader fromFolder(Path folder) {
        try {
            return new FileTemplateLoader(folder.toFile());
        } catch (IOException e) {
            throw new BrokenTemplate("", 0, 0, "the folder " + folder + " cannot be read", e);
        }
    }

    /** Not escaped again. */
    static Object markup(String safe) {
        try {
            return HTMLOutputFormat.INSTANCE.fromMarkup(safe);
        } catch (TemplateModelException e) {
            throw new IllegalStateException("markup is taken as it is", e);
        }
    }

    String fill(String name, Map<String, Object> model) {
        return with(name, template -> {
            var filled = new StringWriter(16_384);
            template.process(model, filled);
            return filled.toString();
        });
    }

    void read(String name) {
        with(name, Template::getName);
    }

    private interface Use<T> {
        T of(Template template) throws IOException, TemplateException;
    }

    private <T> T with(String name, Use<T> use) {
        try {
            return use.of(configuration.getTemplate(name));
        } catch (ParseException e) {
            throw new BrokenTemplate(
                    or(e.getTemplateName(), name), e.getLineNumber(), e.getColumnNumber(), e.getEditorMessage(), e);
        } catch (TemplateException e) {
            throw new BrokenTemplate(
                    or(e.getTemplateSourceName(), name),
                    or(e.getLineNumber(), 0),
                    or(e.getColumnNumber(), 0),
                    e.getMessageWithoutStackTop(),
                    e);
        } catch (GuardedLoader.Refused e) {
            throw new BrokenTemplate(name, e.line(), e.column(), or(e.getMessage(), ""), e);
        } catch (IOException e) {
            throw new BrokenTemplate(name, 0, 0, or(e.getMessage(), "it cannot be read"), e);
        }
    }

    private static <T> T or(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }
}
