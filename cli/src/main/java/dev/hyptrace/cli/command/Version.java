package dev.hyptrace.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the version that the build wrote down. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        Properties properties = new Properties();
        try (InputStream stream = Version.class.getResourceAsStream("/dev/hyptrace/cli/version.properties")) {
            properties.load(stream);
        }
        return new String[] {"hyptrace " + properties.getProperty("version")};
    }
}
