//! A real WordPress with an SQLite database, made from nothing and gone with the test.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::error::{Doing, Fault, Result, located};
use crate::process::{Household, find, free_port};

/// Where `cargo xtask setup` unpacks WordPress, WP-CLI and the SQLite plugin.
const STAGE: &str = "../../target/wordpress";

const CONFIG: &str = r"<?php
define( 'DB_NAME', 'wp' );
define( 'DB_USER', 'x' );
define( 'DB_PASSWORD', 'x' );
define( 'DB_HOST', 'localhost' );
define( 'DB_CHARSET', 'utf8mb4' );
define( 'DB_COLLATE', '' );
foreach ( array( 'AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE' ) as $name ) {
	define( $name . '_KEY', $name );
	define( $name . '_SALT', $name );
}
define( 'WP_HTTP_BLOCK_EXTERNAL', true );
define( 'DISABLE_WP_CRON', true );
define( 'AUTOMATIC_UPDATER_DISABLED', true );
define( 'WP_DEBUG', true );
define( 'WP_DEBUG_LOG', true );
define( 'WP_DEBUG_DISPLAY', false );
$table_prefix = 'wp_';
if ( ! defined( 'ABSPATH' ) ) {
	define( 'ABSPATH', __DIR__ . '/' );
}
require_once ABSPATH . 'wp-settings.php';
";

/// What Apache's `.htaccess` does: a file that is there, an index.php of a folder, else WordPress.
/// Files are sent with the headers of the file `headers` beside this one, as a server does that
/// sends them for every address.
const ROUTER: &str = r"<?php
$root = $_SERVER['DOCUMENT_ROOT'];
$path = '/' . ltrim( rawurldecode( parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH ) ), '/' );
$headers = @file( __DIR__ . '/headers', FILE_IGNORE_NEW_LINES | FILE_SKIP_EMPTY_LINES ) ?: array();
foreach ( $headers as $header ) {
	header( $header );
}
if ( is_file( $root . $path ) ) {
	return false;
}
if ( is_dir( $root . $path ) && is_file( rtrim( $root . $path, '/' ) . '/index.php' ) ) {
	if ( substr( $path, -1 ) !== '/' ) {
		header( 'Location: ' . $path . '/' );
		exit;
	}
	$path .= 'index.php';
} else {
	$path = '/index.php';
}
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = $path;
$_SERVER['SCRIPT_FILENAME'] = $root . $path;
chdir( dirname( $root . $path ) );
require $root . $path;
";

/// A WordPress with an administrator `admin`, password `admin`, and no plugin of ours yet.
// Fields drop in this order: the server ends before its folder goes.
pub struct WordPress {
    household: Household,
    port: u16,
    folder: TempDir,
}

impl WordPress {
    /// Installs and starts it: a few seconds.
    #[track_caller]
    pub fn start() -> Result<Self> {
        located(Self::make())
    }

    fn make() -> Result<Self, Fault> {
        let stage = Path::new(env!("CARGO_MANIFEST_DIR")).join(STAGE);
        if !stage.join("latest/wordpress/wp-load.php").is_file() {
            return Err(Fault::Missing("WordPress".to_owned()));
        }
        let folder = tempfile::Builder::new()
            .prefix("consult-ready-wordpress-")
            .tempdir()
            .doing("making a folder for WordPress")?;
        let site = folder.path().join("site");
        copy(&stage.join("latest/wordpress"), &site)?;
        let drop_ins = site.join("wp-content/mu-plugins");
        fs::create_dir_all(&drop_ins).doing("making a folder for the database's plugin")?;
        copy(&stage.join("sqlite-database-integration"), &drop_ins.join("sqlite-database-integration"))?;
        let db = fs::read_to_string(drop_ins.join("sqlite-database-integration/db.copy"))
            .doing("reading the database's plugin")?;
        let db = db
            .replace("'{SQLITE_IMPLEMENTATION_FOLDER_PATH}'", "__DIR__ . '/mu-plugins/sqlite-database-integration'")
            .replace("{SQLITE_PLUGIN}", "sqlite-database-integration/load.php");
        fs::write(site.join("wp-content/db.php"), db).doing("writing db.php")?;
        fs::write(site.join("wp-config.php"), CONFIG).doing("writing wp-config.php")?;
        fs::write(folder.path().join("router.php"), ROUTER).doing("writing the router")?;
        let port = free_port()?;
        let mut server = Command::new(find("php")?);
        server.args(["-d", "opcache.enable_cli=1", "-d", "memory_limit=256M", "-d", "upload_max_filesize=8M"]);
        server.args(["-S", &format!("127.0.0.1:{port}"), "-t"]);
        server.arg(&site).arg(folder.path().join("router.php")).env("PHP_CLI_SERVER_WORKERS", "3");
        let mut made = Self { household: Household::new(folder.path()), port, folder };
        let address = format!("--url={}", made.url(""));
        let admin = ["--admin_user=admin", "--admin_password=admin", "--admin_email=a@example.invalid", "--skip-email"];
        made.run_wp(&[&["core", "install", &address, "--title=A clinic"][..], &admin].concat())?;
        made.run_wp(&["rewrite", "structure", "/%postname%/"])?;
        made.household.start_on_port(server, port)?;
        Ok(made)
    }

    /// An address in it.
    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}/{path}", self.port)
    }

    /// Its folder on the disk.
    pub fn site(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// Runs WP-CLI and returns what it prints.
    #[track_caller]
    pub fn wp(&self, arguments: &[&str]) -> Result<String> {
        located(self.run_wp(arguments))
    }

    /// Headers that its server sends with every address from now on, one a line.
    #[track_caller]
    pub fn send_headers(&self, lines: &str) -> Result<()> {
        located(fs::write(self.folder.path().join("headers"), lines).doing("writing the headers"))
    }

    /// What PHP complained of, apart from WordPress's own wish to reach the network.
    pub fn complaints(&self) -> Vec<String> {
        let log = fs::read_to_string(self.site().join("wp-content/debug.log")).unwrap_or_default();
        log.lines()
            .filter(|line| !line.contains("could not establish a secure connection to WordPress.org"))
            .map(str::to_owned)
            .collect()
    }

    fn run_wp(&self, arguments: &[&str]) -> Result<String, Fault> {
        let mut php = Command::new(find("php")?);
        php.args(["-d", "memory_limit=512M"])
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join(STAGE).join("wp-cli/wp-cli.phar"));
        php.arg("--allow-root").arg(format!("--path={}", self.site().display())).args(arguments);
        let output = php.output().doing("running WP-CLI")?;
        let output_text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        if output.status.success() {
            return Ok(output_text);
        }
        Err(Fault::Tool(format!(
            "wp {}: {output_text}\n{}",
            arguments.join(" "),
            String::from_utf8_lossy(&output.stderr)
        )))
    }
}

/// The plugin that `cargo xtask wordpress` made.
///
/// # Errors
/// If it is not there.
#[track_caller]
pub fn plugin_zip() -> Result<PathBuf> {
    let name = format!("../../dist/consult-ready-wordpress-{}.zip", env!("CARGO_PKG_VERSION"));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    located(
        fs::canonicalize(&path)
            .map_err(|_| Fault::Tool(format!("{} is missing: make it with `cargo xtask wordpress`", path.display()))),
    )
}

/// Thousands of files: `cp` does it in a second.
fn copy(from: &Path, to: &Path) -> Result<(), Fault> {
    let status = Command::new(find("cp")?).arg("-a").arg(from).arg(to).status().doing("copying WordPress")?;
    if status.success() { Ok(()) } else { Err(Fault::Tool(format!("copying {} failed", from.display()))) }
}
