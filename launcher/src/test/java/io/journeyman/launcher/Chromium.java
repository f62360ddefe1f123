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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** A real, headless Chromium, and what every page must be in it: usable with a screen reader, and as wide as the window. */
final class Chromium implements AutoCloseable {
    static final double PATIENCE = 60_000;
    private static final Path PICTURES = Path.of("target", "pictures");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Where there is none the test class is skipped, loudly; in CI that is a failure. */
    static Chromium start() throws IOException {
        var chromium = Optional.ofNullable(System.getenv("JOURNEYMAN_CHROMIUM"))
                .or(() -> Tools.onPath("chromium").map(Path::toString));
        if (chromium.isEmpty() && System.getenv("CI") == null) {
            System.err.println("SKIPPED: no Chromium; pages were not tested. ./journeyman test brings one.");
            Assumptions.abort("no Chromium");
        }
        Files.createDirectories(PICTURES);
        var playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        var browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(chromium.orElseThrow()))
                        .setArgs(List.of("--no-sandbox")));
        return new Chromium(playwright, browser);
    }

    BrowserContext window(int width, int height) {
        var context = browser.newContext(new Browser.NewContextOptions().setViewportSize(width, height));
        context.setDefaultTimeout(PATIENCE);
        return context;
    }

    /** From now on the window's pages are this person's. */
    static void signIn(BrowserContext window, String url, Customer as) {
        window.addCookies(List.of(new Cookie("journeyman_session", as.token()).setUrl(url)));
    }

    static void assertAccessible(Page page) {
        var found = new AxeBuilder(page).analyze().getViolations();
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
        playwright.close();
    }
}
