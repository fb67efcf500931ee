resource "aws_s3_bucket" "files" {
  bucket        = "files-of-everything"
  force_destroy = true
  tags          = [{ team = "build", "a b/c" = "d=e" }, { team = "release" }, {}][local.at]
}

resource "aws_s3_bucket_public_access_block" "files" {
  bucket                  = aws_s3_bucket.files.id
  block_public_acls       = true
  block_public_policy     = [true, false, true][local.at]
  ignore_public_acls      = true
  restrict_public_buckets = [true, false, true][local.at]
}

resource "aws_s3_bucket_ownership_controls" "files" {
  bucket = aws_s3_bucket.files.id

  rule {
    object_ownership = ["BucketOwnerEnforced", "BucketOwnerPreferred", "BucketOwnerEnforced"][local.at]
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "files" {
  bucket = aws_s3_bucket.files.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

# Versions of the first and the third stage, and the null version of the second: `force_destroy` takes them all.
resource "aws_s3_bucket_versioning" "files" {
  bucket = aws_s3_bucket.files.id

  versioning_configuration {
    status = ["Enabled", "Suspended", "Enabled"][local.at]
  }
}

resource "aws_s3_bucket_policy" "files" {
  count  = [1, 1, 0][local.at]
  bucket = aws_s3_bucket.files.id
  policy = data.aws_iam_policy_document.bucket.json
}

data "aws_iam_policy_document" "bucket" {
  statement {
    sid       = "Deploy"
    actions   = [["s3:GetObject"], ["s3:GetObject", "s3:GetObjectTagging"]][min(local.at, 1)]
    resources = ["${aws_s3_bucket.files.arn}/*"]

    principals {
      type        = "AWS"
      identifiers = [aws_iam_role.deploy.arn, aws_iam_user.operator.arn]
    }
  }

  statement {
    sid       = "OnlyOverTls"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.files.arn, "${aws_s3_bucket.files.arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }

    condition {
      test     = "NotIpAddress"
      variable = "aws:SourceIp"
      values   = ["127.0.0.0/8"]
    }
  }
}

resource "aws_s3_object" "page" {
  depends_on    = [aws_s3_bucket_versioning.files]
  bucket        = aws_s3_bucket.files.id
  key           = "src/a page.html"
  content       = ["<p>one</p>", "<p>two</p>", "<p>two</p>"][local.at]
  content_type  = "text/html"
  cache_control = ["max-age=60", "max-age=120", null][local.at]
  metadata      = [{ made-by = "terraform" }, { made-by = "hand" }, {}][local.at]
  tags          = [{ stage = "1", kind = "page" }, { stage = "2" }, {}][local.at]
}

resource "aws_s3_object" "sum" {
  bucket             = aws_s3_bucket.files.id
  key                = "src/sum.txt"
  content            = "summed"
  checksum_algorithm = ["SHA256", "CRC32C", "CRC32C"][local.at]
  source_hash        = tostring(local.at)
}

# Without the directive a copy has the tags of its source, which the provider would then take away.
resource "aws_s3_object_copy" "page" {
  bucket            = aws_s3_bucket.files.id
  key               = "copies/page.html"
  source            = "${aws_s3_bucket.files.id}/${aws_s3_object.page.key}"
  tagging_directive = "REPLACE"
  tags              = { copied = "yes" }
}

data "aws_s3_bucket" "files" {
  bucket = aws_s3_bucket.files.id
}

data "aws_s3_objects" "src" {
  depends_on = [aws_s3_object.page, aws_s3_object.sum]
  bucket     = aws_s3_bucket.files.id
  prefix     = "src/"
}

data "aws_s3_object" "page" {
  bucket = aws_s3_bucket.files.id
  key    = aws_s3_object.page.key
}

output "bucket" {
  value = data.aws_s3_bucket.files.bucket
}

output "keys" {
  value = data.aws_s3_objects.src.keys
}

output "page" {
  value = data.aws_s3_object.page.body
}
