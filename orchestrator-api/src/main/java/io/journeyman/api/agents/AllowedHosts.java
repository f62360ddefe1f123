package io.journeyman.api.agents;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Where agents may be that staff add: whoever can register an address makes this process call it, so the shop's operators name them. */
public record AllowedHosts(Set<String> hosts) {
    public static final String THIS_MACHINE = "127.0.0.1,localhost";

    private static final Pattern NAME = Pattern.compile("[a-z0-9.-]{1,253}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-f.]*(:[0-9a-f.]*){2,7}");

    /** @throws IllegalArgumentException when one is no host name or address, such as one with a port */
    public static AllowedHosts parse(String commaSeparated) {
        return new AllowedHosts(Arrays.stream(commaSeparated.split(","))
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .filter(host -> !host.isEmpty())
                .map(AllowedHosts::asInAddresses)
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static String asInAddresses(String host) {
        String bare = host.replaceFirst("^\\[(.*)]$", "$1");
        if (IPV6.matcher(bare).matches()) {
            return "[" + bare + "]";
        }
        if (!NAME.matcher(host).matches()) {
            throw new IllegalArgumentException("a host has letters, digits, dots and dashes");
        }
        return host;
    }

    /** Only http and https, and nothing in the address but the host, its port and a path. */
    public boolean admit(URI url) {
        return url.getHost() != null
                && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                && url.getRawUserInfo() == null
                && url.getRawQuery() == null
                && url.getRawFragment() == null
                && hosts.contains(url.getHost().toLowerCase(Locale.ROOT));
    }
}
