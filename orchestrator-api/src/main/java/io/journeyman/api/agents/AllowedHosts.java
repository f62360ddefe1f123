package io.journeyman.api.agents;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Where agents may be that staff add: whoever can register an address makes this process call it, so the shop's operators name them. */
public record AllowedHosts(Set<String> hosts) {
    public static final String THIS_MACHINE = "127.0.0.1,localhost";

    /** @throws IllegalArgumentException when one is no host name or address */
    public static AllowedHosts parse(String commaSeparated) {
        Set<String> hosts = Arrays.stream(commaSeparated.split(","))
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .filter(host -> !host.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        if (!hosts.stream().allMatch(host -> host.matches("[a-z0-9.:\\[\\]-]{1,253}"))) {
            throw new IllegalArgumentException("a host has letters, digits, dots and dashes");
        }
        return new AllowedHosts(hosts);
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
