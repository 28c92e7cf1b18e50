package coop.vigie.digest;

import freemarker.core.Environment;
import freemarker.template.Template;
import freemarker.template.TemplateDirectiveBody;
import freemarker.template.TemplateDirectiveModel;
import freemarker.template.TemplateException;
import freemarker.template.TemplateModel;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What a template makes of an item is the same for all who get it, but for its number and its links: {@code <@item.same part="facts">…}
 * fills what stands in it for the first of them, and gives it to the others as it is. Thread-safe.
 */
final class Same implements TemplateDirectiveModel {

    private record Part(Template template, String name) {}

    private final Map<Part, String> filled;
    private final List<String> own;

    Same() {
        this(new ConcurrentHashMap<>(), List.of());
    }

    private Same(Map<Part, String> filled, List<String> own) {
        this.filled = filled;
        this.own = own;
    }

    /** The same for this reader: with their tokens in it, it would let all others answer in their name. */
    Same guarding(Answers answers) {
        return new Same(
                filled,
                Stream.of(answers.token(), answers.curator())
                        .filter(Objects::nonNull)
                        .toList());
    }

    @Override
    @SuppressWarnings("rawtypes") // as the library has it
    public void execute(Environment environment, Map parameters, TemplateModel[] loop, TemplateDirectiveBody body)
            throws TemplateException, IOException {
        var part = new Part(environment.getMainTemplate(), Objects.toString(parameters.get("part")));
        String text = filled.get(part);
        if (text == null) {
            var writer = new StringWriter();
            body.render(writer);
            text = writer.toString();
            if (own.stream().anyMatch(text::contains)) {
                throw new TemplateException(
                        "what stands in <@item.same> goes to all readers: .answers and 'reference' belong outside",
                        environment);
            }
            filled.put(part, text);
        }
        environment.getOut().write(text);
    }
}
