package io.journeyman.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * Windows of a real, headless Chromium, and what every page must be in it: usable with a screen reader, and as wide as the window. The
 * program itself is one for this JVM, and ends with it; no window knows of another's cookies.
 */
final class Chromium implements AutoCloseable {
    static final double PATIENCE = 60_000;
    private static final Path PICTURES = Path.of("target", "pictures");
    private static Optional<Browser> running = Optional.empty();

    private final Browser browser;
    private final List<BrowserContext> windows = new ArrayList<>();

    private Chromium(Browser browser) {
        this.browser = browser;
    }

    /** Where there is none the test class is skipped, loudly; in CI that is a failure. */
    static Chromium start() throws IOException {
        if (running.filter(Browser::isConnected).isEmpty()) {
            running = Optional.of(launch());
        }
        return new Chromium(running.get());
    }

    private static Browser launch() throws IOException {
        var chromium = Optional.ofNullable(System.getenv("JOURNEYMAN_CHROMIUM"))
                .or(() -> Tools.onPath("chromium").map(Path::toString));
        if (chromium.isEmpty() && System.getenv("CI") == null) {
            System.err.println("SKIPPED: no Chromium; pages were not tested. ./journeyman test brings one.");
            Assumptions.abort("no Chromium");
        }
        Files.createDirectories(PICTURES);
        var playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(chromium.orElseThrow()))
                        .setArgs(List.of("--no-sandbox")));
    }

    BrowserContext window(int width, int height) {
        var context = browser.newContext(new Browser.NewContextOptions().setViewportSize(width, height));
        context.setDefaultTimeout(PATIENCE);
        windows.add(context);
        return context;
    }

    /** From now on the window's pages are this person's. */
    static void signIn(BrowserContext window, String url, Customer as) {
        window.addCookies(List.of(new Cookie("journeyman_session", as.token()).setUrl(url)));
    }

    static void assertAccessible(Page page) {
        // in its newer way axe opens a page of its own each time, to put together what it found in several frames
        boolean oneFrame = page.frames().size() == 1;
        var found = new AxeBuilder(page).setLegacyMode(oneFrame).analyze().getViolations();
        assertThat(found).as("axe: %s", found).isEmpty();
    }

    static void assertFits(Page page) {
        assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                .as("no scrolling sideways")
                .isEqualTo(true);
    }

    static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }

    @Override
    public void close() {
        windows.forEach(BrowserContext::close);
    }
}
