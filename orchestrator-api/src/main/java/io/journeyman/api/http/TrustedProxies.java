package io.journeyman.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The proxies whose word counts about where a request comes from. Each writes whom it has the request from at the end of X-Forwarded-For;
 * read from there, what stands before the first stranger may be made up by them.
 */
public final class TrustedProxies {
    private static final Pattern NET = Pattern.compile("([^/\\s]+)(?:/(\\d{1,3}))?");
    private static final Pattern WITH_PORT = Pattern.compile("\\[([^\\]]+)](?::\\d+)?|([\\d.]+):\\d+");
    /** What one customer of a provider has for themselves; they may write from any address in it. */
    private static final int OF_ONE = 8;

    private final List<Net> nets;

    private TrustedProxies(List<Net> nets) {
        this.nets = nets;
    }

    /**
     * Reads addresses and networks ({@code 10.0.0.7,172.16.0.0/12}); nothing where no proxy is trusted.
     *
     * @throws IllegalArgumentException when it is not that
     */
    public static TrustedProxies parse(String text) {
        return new TrustedProxies(
                Stream.of(text.isBlank() ? new String[0] : text.strip().split("\\s*,\\s*", -1))
                        .map(Net::parse)
                        .toList());
    }

    /** The address whose share a request takes; of IPv6 its first half. */
    public String client(HttpServletRequest request) {
        return client(request.getRemoteAddr(), Collections.list(request.getHeaders("X-Forwarded-For")));
    }

    /** @param forwarded the header's lines */
    String client(String remote, List<String> forwarded) {
        var seen = address(remote);
        if (seen.isEmpty()) {
            return remote;
        }
        var client = seen.get();
        var said = forwarded.stream()
                .flatMap(line -> Stream.of(line.split(",", -1)))
                .toList()
                .reversed();
        for (String one : said) {
            var before = address(one.strip());
            if (!trusts(client) || before.isEmpty()) {
                break;
            }
            client = before.get();
        }
        return share(client);
    }

    private boolean trusts(InetAddress address) {
        return nets.stream().anyMatch(net -> net.has(address));
    }

    private static String share(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (!(address instanceof Inet6Address)) {
            return address.getHostAddress();
        }
        return HexFormat.of().formatHex(bytes, 0, OF_ONE);
    }

    /** Some proxies write the port, too. */
    private static Optional<InetAddress> address(String text) {
        var ported = WITH_PORT.matcher(text);
        String bare = !ported.matches() ? text : ported.group(1) != null ? ported.group(1) : ported.group(2);
        try {
            return Optional.of(InetAddress.ofLiteral(bare));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private record Net(InetAddress address, int bits) {
        static Net parse(String text) {
            var net = NET.matcher(text);
            if (!net.matches()) {
                throw new IllegalArgumentException("neither an address nor a network");
            }
            var address = InetAddress.ofLiteral(net.group(1));
            int most = address.getAddress().length * 8;
            int bits = net.group(2) == null ? most : Integer.parseInt(net.group(2));
            if (bits > most) {
                throw new IllegalArgumentException("a network has at most " + most + " bits");
            }
            return new Net(address, bits);
        }

        boolean has(InetAddress other) {
            byte[] ours = address.getAddress();
            byte[] theirs = other.getAddress();
            if (ours.length != theirs.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((ours[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
