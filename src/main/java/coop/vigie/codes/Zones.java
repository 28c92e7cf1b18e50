package coop.vigie.codes;

import java.time.ZoneId;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Main zone of each country in and around Europe (IANA tz, zone1970.tab). */
final class Zones {

    private static final Map<String, String> BY_COUNTRY = Arrays.stream("""
                    AD Europe/Andorra
                    AL Europe/Tirane
                    AM Asia/Yerevan
                    AT Europe/Vienna
                    AX Europe/Mariehamn
                    AZ Asia/Baku
                    BA Europe/Sarajevo
                    BE Europe/Brussels
                    BG Europe/Sofia
                    BL America/St_Barthelemy
                    BY Europe/Minsk
                    CH Europe/Zurich
                    CY Asia/Nicosia
                    CZ Europe/Prague
                    DE Europe/Berlin
                    DK Europe/Copenhagen
                    DZ Africa/Algiers
                    EE Europe/Tallinn
                    EG Africa/Cairo
                    ES Europe/Madrid
                    FI Europe/Helsinki
                    FO Atlantic/Faroe
                    FR Europe/Paris
                    GB Europe/London
                    GE Asia/Tbilisi
                    GF America/Cayenne
                    GG Europe/Guernsey
                    GI Europe/Gibraltar
                    GL America/Nuuk
                    GP America/Guadeloupe
                    GR Europe/Athens
                    HR Europe/Zagreb
                    HU Europe/Budapest
                    IE Europe/Dublin
                    IL Asia/Jerusalem
                    IM Europe/Isle_of_Man
                    IS Atlantic/Reykjavik
                    IT Europe/Rome
                    JE Europe/Jersey
                    JO Asia/Amman
                    LB Asia/Beirut
                    LI Europe/Vaduz
                    LT Europe/Vilnius
                    LU Europe/Luxembourg
                    LV Europe/Riga
                    LY Africa/Tripoli
                    MA Africa/Casablanca
                    MC Europe/Monaco
                    MD Europe/Chisinau
                    ME Europe/Podgorica
                    MF America/Marigot
                    MK Europe/Skopje
                    MQ America/Martinique
                    MT Europe/Malta
                    NC Pacific/Noumea
                    NL Europe/Amsterdam
                    NO Europe/Oslo
                    PF Pacific/Tahiti
                    PL Europe/Warsaw
                    PM America/Miquelon
                    PS Asia/Hebron
                    PT Europe/Lisbon
                    RE Indian/Reunion
                    RO Europe/Bucharest
                    RS Europe/Belgrade
                    RU Europe/Moscow
                    SE Europe/Stockholm
                    SI Europe/Ljubljana
                    SJ Arctic/Longyearbyen
                    SK Europe/Bratislava
                    SM Europe/San_Marino
                    SY Asia/Damascus
                    TN Africa/Tunis
                    TR Europe/Istanbul
                    UA Europe/Kyiv
                    VA Europe/Vatican
                    WF Pacific/Wallis
                    XK Europe/Belgrade
                    YT Indian/Mayotte
                    """.split("\n"))
            .map(line -> line.split(" "))
            .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[1]));

    private Zones() {}

    static Optional<ZoneId> of(String iso2) {
        return Optional.ofNullable(BY_COUNTRY.get(iso2)).map(ZoneId::of);
    }
}
