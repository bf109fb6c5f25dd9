//! The headers that the one file is sent with. `docs/headers.md` has them for each kind of server,
//! with marks for what belongs to one build; a release fills the marks, and takes the files
//! `_headers` and `.htaccess` out of it.

use crate::one_file;

/// The guide as it stands in the source.
pub const GUIDE: &str = include_str!("../../docs/headers.md");

/// The guide, and the files that two kinds of servers read by themselves.
pub struct Headers {
    /// `headers.md` with this build's policy.
    pub guide: String,
    /// `.htaccess`, as Apache reads it.
    pub htaccess: String,
    /// `_headers`, as Netlify and Cloudflare Pages read it.
    pub pages: String,
}

impl Headers {
    /// Fills the guide for one build: the policy that stands in the file itself, and the sandbox
    /// that the loader gives its frame. `None` if the file has no policy, the loader no sandbox, or
    /// the guide no such blocks.
    pub fn of(html: &str, loader: &str) -> Option<Self> {
        let policy = between(html, "http-equiv=\"Content-Security-Policy\" content=\"", "\"")?;
        let sandbox = between(loader, "const SANDBOX = \"", "\"")?;
        let guide = GUIDE
            .replace("{{policy}}", &format!("{policy}; sandbox {sandbox}"))
            .replace("{{folder}}", &one_file::folder());
        let block = |kind: &str| between(&guide, &format!("```{kind}\n"), "```").map(str::to_owned);
        Some(Self { htaccess: block("apache")?, pages: block("text")?, guide })
    }
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    text.split_once(before)?.1.split_once(after).map(|(inside, _)| inside)
}

#[cfg(test)]
mod tests {
    use super::Headers;

    #[test]
    fn the_files_have_the_policy_of_the_file_and_the_sandbox_of_the_loader() -> Result<(), &'static str> {
        let html =
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'sha256-x'\">";
        let loader = "const SANDBOX = \"allow-scripts allow-forms\";";
        let headers = Headers::of(html, loader).ok_or("the guide has no such blocks")?;
        let wanted = "default-src 'none'; script-src 'sha256-x'; sandbox allow-scripts allow-forms";
        for text in [&headers.guide, &headers.htaccess, &headers.pages] {
            assert!(text.contains(wanted), "{text}");
            assert!(!text.contains("{{"), "a mark is left: {text}");
        }
        assert!(headers.htaccess.starts_with("<IfModule") && headers.pages.starts_with('/'));
        assert!(Headers::of("<html>", loader).is_none() && Headers::of(html, "").is_none());
        Ok(())
    }
}
