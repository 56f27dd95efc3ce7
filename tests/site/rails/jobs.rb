# Two jobs for a worker of Sidekiq, which loads this file: one that fails and is tried again, one that is scheduled first.
require "sidekiq"
require "sidekiq/api"
require "sidekiq/scheduled"

class Job
  include Sidekiq::Worker
  sidekiq_options retry: 1

  def perform(done)
    raise "as asked" unless done

    File.write(done, "")
  end
end

if $PROGRAM_NAME == __FILE__
  Job.perform_async(nil)
  Job.perform_in(0.01, ARGV[0])
  sleep 0.02
  Sidekiq::Scheduled::Enq.new.enqueue_jobs
  puts Sidekiq::Stats.new.enqueued
end
