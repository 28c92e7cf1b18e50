package coop.vigie.text;

import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The words that make a date a deadline, or forbid it, in French, Dutch, English and German.
 *
 * <p>Written folded (lower case, no accents). A star stands for any ending; a space for one to three blanks or line breaks,
 * before a colon for none, too.
 * Every pattern is an alternation of literals with bounded gaps, so matching is linear.
 */
final class Cues {

    /** A deadline was moved: this date replaces others. */
    static final Pattern MOVED = phrases("""
            prolong* jusqu'au|prolong* jusqu'a|prolong* au|report* au|report* jusqu'au|repouss* au|repouss* jusqu'au|etendu* jusqu'au
            nouvelle date limite|nouvelle date de cloture|nouvelle echeance
            verlengd tot|verlengd t/m|uitgesteld tot|verschoven naar|nieuwe deadline|nieuwe uiterste datum|nieuwe indiendatum
            extended to|extended until|extended till|postponed to|postponed until|new deadline|new closing date
            verlangert bis|verschoben auf|neue frist
            """);

    /** Names of a last day to hand something in. */
    static final Pattern STRONG = phrases("""
            date* limite*|dates limites|date butoir|date ultime|delai de rigueur|heure limite|limite de depot|limite de candidature
            date* de cloture*|cloture* des candidatures|cloture* des inscriptions|cloture* de l'appel|cloture* des appels|cloture* des depots|cloture* du depot|cloture* le|clotur* au
            delai d'introduction|delai de depot|delai de remise|delai de candidature|date* de remise|date* de depot|date d'echeance|reception des offres
            date* de fermeture|date* de fin de depot|date* de fin de candidature|date* de fin des candidatures|fin de depot|limite :|depot :|delai de reception
            depot des offres :|depot des dossiers :|depot des candidatures :|depot des projets :|depot des demandes :|remise des offres :|remise des dossiers :|remise des candidatures :|remise des projets :|introduction des dossiers :|introduction des demandes :|introduction des candidatures :|rentree des dossiers :|envoi des candidatures :|envoi des dossiers :
            vous avez jusqu'au|il vous reste jusqu'au
            deadline*|uiterste datum|uiterste indien*|uiterste inschrijv*|uiterste inzend*|uiterste indiening*|indiendatum|indiendata|indienmoment*|sluitingsdatum|sluitingsdag|afsluitdatum|limietdatum
            uiterste ontvangst*|uiterste aanvraag*|inzenddatum|inschrijvingsdeadline|indieningstermijn|indientermijn|uiterste termijn|indienen tot|indienen kan tot|in te dienen tot|in te dienen voor|inschrijven kan tot|inschrijven tot|aanvragen kan tot|kandideren kan tot|insturen tot|inzenden tot|indienen voor
            je hebt tot|u hebt tot|u heeft tot|je kan tot|u kan tot|je kunt tot|u kunt tot|opengesteld tot
            closing date*|closing time|time limit*|closing for applications|due date*|cut-off*|cutoff*|submission date*|last date*|last day to|final date*|apply by|apply before|last chance to|submit by|submit before|applications close|applications closes|entries close|entries closes|entry closes|submissions close|call closes|registration closes|applications due|proposals due|submissions due|closes on|closes at|closing on
            bewerbungsfrist|einreichfrist|einreichungsfrist|abgabefrist|anmeldefrist|antragsfrist|angebotsfrist|abgabetermin|einsendeschluss|bewerbungsschluss|anmeldeschluss|einreichschluss|annahmeschluss|meldeschluss|nennschluss|schlusstermin|abgabeschluss|einreichtermin|stichtag*|ausschlussfrist
            """);

    /** Names of an end that may also be the end of something else. */
    static final Pattern CLOSING = phrases("""
            cloture*|echeance*|fin de l'appel|fin des candidatures|fin des inscriptions|fin du depot|expire le|prend fin le|se termine le
            einddatum|eindtermijn|sluit op|sluit af op|afgesloten op|afsluiting|sluiting|loopt af op|loopt tot|eindigt op|termijn
            closes|close on|closed on|closing|ends on|end date|expires on|expiry date
            frist|fristende|abgabe|schluss|endet am|ablauf
            """);

    /** "At the latest": said of what must be handed in, but also of works and payments. */
    static final Pattern LATEST = phrases("""
            au plus tard|pour le|dernier delai|dernier jour|candidatures jusqu'au|inscriptions jusqu'au|depot jusqu'au|a remettre pour le|a rendre pour le|a renvoyer pour le|a introduire avant|a envoyer avant|a deposer avant|nous parvenir le|parvenir le
            uiterlijk|ten laatste|niet later dan|laatste dag|ons bereiken op|toekomen op
            no later than|not later than|at the latest|latest by|last day|are due by|are due on|due by|due on|reach us on
            spatestens|letzter tag
            """);

    /** Those of the above that need {@link #ACTION} beside them. */
    static final Pattern WEAK = phrases("""
            pour le|nous parvenir le|parvenir le|ons bereiken op|toekomen op|reach us on|termijn|afgesloten op|abgabe|closing|close on|prend fin le|se termine le|expire le|loopt af op|loopt tot|eindigt op|ends on|end date|endet am|ablauf
            """);

    /** Small words before a last day; they count only beside {@link #ACTION}. */
    static final Pattern UNTIL = phrases("""
            jusqu'au|jusqu'a|avant le|avant|d'ici le|d'ici au
            tot en met|t/m|t.e.m.|tem|tot|voor|vooraleer|tegen
            until|till|by|before|up to|due|through
            bis zum|bis einschliesslich|bis|vor dem
            """);

    /** What one does with an application. */
    static final Pattern ACTION = phrases("""
            candidat*|postul*|depos*|depot|depots|rentres|rentrees|introdui*|soumet*|soumis*|soumission*|inscri*|rentr* votre|a rentrer|a rendre|note* d'intention|lettre* d'intention|l'appel|cet appel|envoy*|transmet*|transmis*|remettre|remis*|adress*|repond*|dossier*|offre|offres|demande*|appel a|appel est ouvert|appel ouvert|appel public|manifest*|formulaire*
            indien*|ingediend*|dien*|kandida*|aanvra*|aangevraagd|inschrijv*|ingeschreven|schrijf*|inzend*|ingezonden|stuur*|insturen|ingestuurd|opsturen|bezorg*|oproep*|offerte*|meld*|aanmeld*|voorstellen|projectvoorstel*|sollicit*|conceptnota*
            appl*|submi*|propos*|register*|registration*|entries|enter|tender|tenders|bids|bid|send*|nominat*|call for|the call|this call|call is open|expression* of interest
            bewerb*|bewirb*|einreich*|eingereicht*|einzureichen|antrag*|anmeld*|melden|angebot*|einsend*|einzusenden|ausschreibung*|unterlagen|interessenbekundung*
            """);

    /** Things whose date is no deadline for an application, when they stand between the cue and the date, or before it. */
    static final Pattern OTHER = phrases("""
            reunion*|seance*|rencontre*|atelier*|formation*|festival*|exposition*|spectacle*|concert*|evenement*|visite*|jury|resultat*|notifi*|paiement*|payement*|rapport*|execut*|achev*|travaux|realis*|mise en oeuvre|livr*|demarr*|validit*|valable*|conference*|webinaire*|contrat*|convention*|mandat*|bourse d'echange|stage|projet se deroule*|periode de residence|residence*|activites|avert*|prevenu*|seront informe*|sera informe*|depense*|eligible*|liquid*|verse*|diplome*|domicili*|ne avant|nee avant|nes avant
            infosessie*|infomoment*|vergadering*|workshop*|opleiding*|tentoonstelling*|voorstelling*|evenement*|bezoek*|resultaten|bekendmak*|betal*|verslag*|eindverslag*|uitgevoerd|uitvoering*|uit te voeren|afgerond|afronding*|oplever*|gelever*|geldig*|looptijd|overeenkomst*|contract*|loopt het project|einde project|project loopt|project duurt|start|infodag|residentie*|antwoord*|verwittigd*|op de hoogte|uitgaven|kosten|geboren|afgestudeerd*|diploma*
            meeting*|session*|exhibition*|show|event*|visit*|result*|notif*|payment*|paid|report*|completed|completion|implement*|deliver*|valid|conference*|webinar*|contract*|project runs|project end*|interviews|open to the public|residency|expense*|expenditure*|informed|announced|born|graduat*|degree*|resident*|project ran
            sitzung*|veranstaltung*|festival*|konzert*|tagung*|messe|workshop*|besichtigung*|bekannt gegeben|bekanntgegeben|abgeschlossen|ausstellung*|ergebnis*|zahlung*|bericht*|durchfuhrung*|gultig*|vertrag*|laufzeit|infotag
            """);

    /** What else one hands in or asks for, before applying or long after; its last day is another. */
    static final Pattern ENQUIRY = phrases("""
            questions|question|renseignements|rapport* final*|rapport* d'activite*|rapport* d'evaluation|rapport* intermediaire*|rapport* financier*|facture*|justificati*|decompte*
            vragen|eindverslag*|eindrapport*|tussentijds verslag|factu*|verantwoording*|bewijsstuk*
            queries|clarification*|final report*|interim report*|invoice*|receipts
            fragen|ruckfragen|abschlussbericht*|rechnung*
            """);

    /** Words right before a date that make it something else for sure. */
    static final Pattern NOT = phrases("""
            publi* le|publi* du|paru* le|mis* en ligne le|mis* a jour le|mise a jour du|modifi* le|date de publication|date* de debut|ouverture*|ouvert* le|ouvre le|ouvrira le|a partir du|a compter du|a dater du|a partir de|des le|depuis le|depuis|debut*|debute le|commence* le|commenc* le|lance* le|lancement*|aura lieu|auront lieu|a lieu|se tiendra|se tiendront|se deroulera|se deroule|organise* le|date de l'evenement|date* de l'activite|naissance|ne le|nee le|decret|loi|arrete|reglement*|ordonnance*|circulaire*|directive*|approuv*|decid*|adopt*|sign* le|entre* en vigueur|en date du|annonce* le|communiqu*|initialement|au lieu du|et non le|anciennement|rendez-vous
            gepubliceerd*|publicatiedatum|geplaatst op|bijgewerkt op|laatst gewijzigd|gewijzigd op|aangepast op|vanaf|sinds|van start op|start op|gestart op|begint op|begindatum|startdatum|opening*|opent op|openen op|vindt plaats|vinden plaats|gaat door op|gaan door op|plaatsvinden|georganiseerd op|datum evenement|geboren|decreet|wet van|besluit|verordening*|ordonnantie*|omzendbrief*|richtlijn*|goedgekeurd*|goedkeuring|beslist*|ondertekend op|in werking|dd|d.d.|bekend op|bekendgemaakt*|aankondiging*|oorspronkelijk*|in plaats van|i.p.v.
            published|publication date|posted|updated|last modified|date of publication|opening date|opens|opened|open from|opening|starting|starts on|start date|begins|beginning|as of|as from|since|takes place|take place|will be held|held on|launch*|event date|born|act of|regulation*|directive*|decree*|adopted on|approved|signed on|enters into force|dated|announced|originally|instead of|initially|previously
            veroffentlicht*|stand|aktualisiert|ab dem|ab|seit|beginn*|beginnt am|findet statt|findet am|finden am|statt am|gesetz*|verordnung*|geboren am|vom heutigen|ursprunglich|eroffn*
            """);

    /** Open all the time. */
    static final Pattern ROLLING = phrases("""
            appel* permanent*|appel a projets permanent*|appel* a candidatures permanent*|appel* a projets* en continu|depot* permanent*|depot* en continu|introduction permanente|candidatures permanentes|ouvert* en permanence|ouvert* en continu|ouvert* toute l'annee|toute l'annee|tout au long de l'annee|en permanence|a tout moment|au fil de l'eau|sans date limite|pas de date limite|aucune date limite|jusqu'a epuisement|dans la limite des credits disponibles|dans la limite du budget disponible|tant que le budget
            doorlopend*|permanente oproep|permanent open|het hele jaar|het ganse jaar|heel het jaar|op elk moment|op ieder moment|op elk ogenblik|op ieder ogenblik|geen deadline|geen uiterste|geen einddatum|geen indiendatum|tot uitputting|zolang het budget|zolang er budget|tot het budget
            rolling basis|rolling deadline*|rolling call*|rolling application*|on a rolling|open all year|all year round|throughout the year|year-round|at any time|continuously open|open continuously|ongoing basis|no deadline|no closing date|until funds are exhausted|until the funds|until the budget is|until funding is exhausted|while funds last|as long as funds
            laufend moglich|fortlaufend*|jederzeit|ganzjahrig|keine frist|ohne frist|bis zur ausschopfung|solange mittel
            """);

    /** After a strong cue one such word is enough: "Date limite : permanent". */
    static final Pattern ROLLING_VALUE = Pattern.compile(
            "\\s{0,3}[:\\-|]?\\s{0,3}(?:appel |oproep )?(?:permanent|permanente|doorlopend|rolling|ongoing|continu|continuous|laufend|fortlaufend"
                    + "|open-ended|none|aucune|geen|n/a)\\b");

    /** Before a period these name its first day, which forbids nothing. */
    static final Pattern OPENS = phrases("open from|vanaf|a partir du|ab dem|ab");

    /** Words after a date that make it a deadline. */
    static final Pattern AFTER =
            Pattern.compile("[\\s,(\\-:]{0,4}(?:(?:is|est|ist|sera|was|=) )?(?:(?:de |la |le |the |die |der )?"
                    + "(?:date limite|deadline|uiterste datum|uiterste indien\\p{L}{0,12}|closing date|date de cloture|dernier delai"
                    + "|dernier jour|limietdatum|einddatum|last day|einsendeschluss|bewerbungsschluss|anmeldeschluss|bewerbungsfrist)"
                    + "|cloture (?:des|de|du)|fin des candidatures|fin des inscriptions|sluit(?:en)? de (?:oproep|inschrijv|kandida)\\p{L}{0,12}"
                    + "|au plus tard|at the latest|ten laatste|uiterlijk|minuit au plus tard)(?!\\p{L})");

    private Cues() {}

    private static Pattern phrases(String table) {
        // By their first letter: a matcher tries one choice after the other wherever a word begins.
        Map<Character, String> alternatives = Arrays.stream(table.split("[|\\n]"))
                .map(String::strip)
                .filter(phrase -> !phrase.isEmpty())
                .sorted((one, other) -> other.length() - one.length())
                .collect(Collectors.groupingBy(
                        phrase -> phrase.charAt(0),
                        Collectors.mapping(phrase -> phrase(phrase.substring(1)), Collectors.joining("|"))));
        return Pattern.compile(alternatives.entrySet().stream()
                .map(group -> group.getKey() + "(?:" + group.getValue() + ")")
                .collect(Collectors.joining("|", "(?<![\\p{L}\\d])(?:", ")(?![\\p{L}\\d])")));
    }

    private static String phrase(String words) {
        return Arrays.stream(words.split(" "))
                .map(Cues::word)
                .collect(Collectors.joining("\\s{1,3}"))
                .replace("\\s{1,3}\\Q:\\E", "\\s{0,3}:");
    }

    private static String word(String word) {
        return word.endsWith("*")
                ? Pattern.quote(word.substring(0, word.length() - 1)) + "\\p{L}{0,15}"
                : Pattern.quote(word);
    }
}
