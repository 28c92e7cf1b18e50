package coop.vigie.digest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A short letter to one person, which is no digest.
 *
 * @param language of the reader: fr, nl or en
 * @param about what it is about; its words stand under {@code letter.ABOUT.} in the messages
 * @param groups names of the groups that it speaks of, in that language
 */
public record Letter(String language, About about, List<String> groups) {

    /** What a letter is about, with the word that answers it. */
    public enum About {
        /** Whether somebody agrees to get mails (double opt-in). */
        OPT_IN("confirm");

        private final String answer;

        About(String answer) {
            this.answer = answer;
        }

        /** The word with which a mail says yes. */
        public String answer() {
            return answer;
        }

        String key() {
            return "letter." + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    public Letter {
        groups = List.copyOf(groups);
    }

    String subject(Frame frame) {
        return Foreign.line(words("subject", frame), Rendered.SUBJECT_AT_MOST);
    }

    Map<String, Object> model(Frame frame) {
        var messages = Messages.in(language);
        var model = new HashMap<String, Object>();
        model.put("language", messages.language());
        model.put("subject", subject(frame));
        model.put("colours", frame.colours().model());
        model.put("brand", Foreign.line(frame.brand()));
        model.put("text", words("text", frame));
        model.put("action", messages.text(about.key() + ".action"));
        model.put("link", frame.answers().link(about.answer()));
        model.put("otherwise", messages.text(about.key() + ".otherwise"));
        model.put("reference", frame.answers().reference());
        model.put("footer", frame.footer().strip());
        return model;
    }

    private String words(String part, Frame frame) {
        return Messages.in(language)
                .text(about.key() + "." + part, Foreign.line(frame.brand()), Foreign.line(String.join(", ", groups)));
    }
}
