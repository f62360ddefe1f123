import java.nio.file.Files;
import java.nio.file.Path;
import org.openapitools.codegen.OpenAPIGenerator;

/** The generator's command, once for each line of a file, in one process. (Its own batch mixes the contracts up.) */
public final class Generate {
    public static void main(String[] words) throws Exception {
        for (String command : Files.readAllLines(Path.of(words[0]))) {
            OpenAPIGenerator.main(command.split(" +"));
        }
    }
}
